"""What the tests need from the machine: a Chromium and a font that has Chinese characters.

As root on Debian it installs them from Debian's packages; elsewhere it says in one sentence what to install
and leaves the browser tests to fail with the same sentence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {"chromium": "chromium", "fonts-noto-cjk": "font"}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WHAT_TO_DO = (
    "The browser tests need Chromium and a Chinese font: install the packages chromium and fonts-noto-cjk "
    "(or name a Chromium in FUGONG_CHROMIUM)."
)


def find_chromium() -> str | None:
    named = os.environ.get("FUGONG_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def main() -> int:
    if find_chromium() and has_chinese_font():
        return 0
    if os.geteuid() == 0 and Path("/etc/debian_version").exists():
        _install()
    if not (find_chromium() and has_chinese_font()):
        print(WHAT_TO_DO, file=sys.stderr)
    return 0


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*quiet, "update"], env=environment, check=False, stdout=subprocess.DEVNULL)
    wanted = [*PACKAGES, "fontconfig"]
    subprocess.run(
        [*quiet, "install", "-y", "--no-install-recommends", *wanted],
        env=environment,
        check=False,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    sys.exit(main())
