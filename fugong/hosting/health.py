"""What is missing on this machine, in words. Starts nothing, writes nothing, needs no database.

Where one runs it is looked into as well.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import fugong
from fugong.core.postgres import doctor
from fugong.core.postgres.doctor import Check
from fugong.hosting import outbox, ports
from fugong.hosting.authority import RENEWED_BEFORE
from fugong.hosting.certificates import read, wall_clock
from fugong.hosting.faults import HostingFault

PACKAGE: Final = Path(fugong.__file__).parent
OLDEST_PYTHON: Final = (3, 11)
OPEN_TO_OTHERS: Final = 0o077
ROOM_WANTED: Final = 1024**3  # bytes, for evidence and backups
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
UNSYNCHRONISED: Final = 5  # what ntp_adjtime returns then


def checks(home: Path, *, address: str, port: int, for_tests: bool = False) -> list[Check]:
    """All that `fugong doctor` looks at, in the order in which it is best mended."""
    found = [
        _python(),
        *doctor.checks(home),
        *outbox.checks(home),
        _home(home),
        *_keys(home),
        _static(),
        _messages(),
    ]
    found += [_port(address, port), *_certificate(home), _clock()]
    return found + ([_chromium(), _font()] if for_tests else [])


def _python() -> Check:
    sentence = f"Python {sys.version.split()[0]} runs from {sys.prefix}."
    if sys.version_info >= OLDEST_PYTHON:
        return Check("python", True, sentence)
    return Check("python", False, sentence, "Install Python 3.11 or newer.")


def _home(home: Path) -> Check:
    nearest = home
    while not nearest.exists():
        nearest = nearest.parent
    if not os.access(nearest, os.W_OK | os.X_OK):
        remedy = "Run Fugong as the user who owns it, or set FUGONG_HOME to a directory of your own."
        return Check("home", False, f"{nearest} cannot be written to.", remedy)
    free = shutil.disk_usage(nearest).free
    sentence = f"Files are kept in {home / 'files'}, where {free / 1024**3:.1f} GB are free."
    if free < ROOM_WANTED:
        return Check("home", False, sentence, "Make room: at least 1 GB is wanted.")
    return Check("home", True, sentence)


def _keys(home: Path) -> Iterator[Check]:
    folder = Path(os.environ.get("FUGONG_KEYS") or home / "keys")
    if not folder.exists():
        yield Check("keys", True, f"No keys yet; the first start makes them in {folder}.")
        return
    secret = [path for path in folder.iterdir() if path.is_file() and path.suffix != ".crt"]
    open_ones = [path for path in (folder, *secret) if stat.S_IMODE(path.stat().st_mode) & OPEN_TO_OTHERS]
    if open_ones:
        names = ", ".join(str(path) for path in open_ones)
        remedy = f"Run: chmod 700 {folder}; chmod 600 {folder}/*"
        yield Check("keys", False, f"Other users of this machine can read {names}.", remedy)
    else:
        yield Check("keys", True, f"{len(secret)} keys in {folder} are readable by their owner only.")
    foreign = [path for path in (folder, *secret) if path.stat().st_uid != os.geteuid()]
    if foreign and os.geteuid() != 0:
        remedy = "Run Fugong as that user, or change the owner."
        yield Check("owner", False, f"{foreign[0]} belongs to another user.", remedy)


def _static() -> Check:
    vendor = PACKAGE / "static" / "vendor"
    if any(vendor.glob("*.js")) and any(vendor.glob("*.css")):
        return Check("pages", True, "The styles and scripts of the pages are built.")
    remedy = "In a checkout run `make setup`; otherwise install Fugong again."
    return Check("pages", False, f"The styles and scripts of the pages are missing from {vendor}.", remedy)


def _messages() -> Check:
    locales = [PACKAGE / "locale" / name / "LC_MESSAGES" / "django.mo" for name in ("zh_Hans", "zh_Hant")]
    missing = [path for path in locales if not path.exists()]
    if not missing:
        return Check("languages", True, "The Chinese texts are compiled.")
    remedy = "In a checkout run `make setup`; otherwise install Fugong again."
    return Check("languages", False, f"The Chinese texts are not compiled: {missing[0]} is missing.", remedy)


def _port(address: str, port: int) -> Check:
    if ports.answers(address, port, host="localhost", secure=False):
        return Check("port", True, f"Fugong answers on port {port} of {address}.")
    try:
        ports.free_port(address, port)
    except HostingFault as fault:
        sentence, _, remedy = str(fault).partition(". ")
        return Check("port", False, f"{sentence}.", remedy)
    return Check("port", True, f"Port {port} on {address} is free.")


def _certificate(home: Path) -> Iterator[Check]:
    """Of the local authority, if there is one; the server's own is renewed at each start."""
    file = Path(os.environ.get("FUGONG_KEYS") or home / "keys") / "authority.crt"
    if not file.exists():
        return
    try:
        end = read(file).not_valid_after_utc
    except HostingFault as fault:
        yield Check("authority", False, str(fault), "Bring the keys back: `fugong keys restore FILE`.")
        return
    sentence = f"The local authority for HTTPS is good until {end:%Y-%m-%d}."
    if end > wall_clock() + 3 * RENEWED_BEFORE:
        yield Check("authority", True, sentence)
        return
    remedy = (
        f"Move authority.key and authority.crt out of {file.parent}; phones then need the new certificate."
    )
    yield Check("authority", False, sentence, remedy)


def _clock() -> Check:
    """A clock that is wrong makes wrong deadlines; one behind our own files is surely wrong."""
    now = datetime.now(UTC)
    made = datetime.fromtimestamp(max(path.stat().st_mtime for path in PACKAGE.glob("*.py")), UTC)
    if now < made - timedelta(days=1):
        sentence = f"This machine believes it is {now:%Y-%m-%d}, before this Fugong was installed."
        return Check("clock", False, sentence, "Set the clock, and let it be kept by NTP.")
    kept = "" if _is_synchronised() else "; no NTP keeps it, so look at it now and then"
    return Check("clock", True, f"It is {now.astimezone():%Y-%m-%d %H:%M %z} here{kept}.")


def _is_synchronised() -> bool:
    if sys.platform != "linux":
        return True
    # The kernel's structure is smaller than this on every platform; zeros ask and change nothing.
    return int(ctypes.CDLL(None).ntp_adjtime(ctypes.create_string_buffer(1024))) != UNSYNCHRONISED


def _chromium() -> Check:
    named = os.environ.get("FUGONG_CHROMIUM")
    found = named if named and Path(named).exists() else None
    if not named:
        found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found:
        return Check("chromium", True, f"Browser tests use {found}.")
    remedy = "Install your system's package chromium, or name one in FUGONG_CHROMIUM."
    return Check("chromium", False, "There is no Chromium for the browser tests.", remedy)


def _font() -> Check:
    program = shutil.which("fc-list")
    listed = program and subprocess.run([program, ":lang=zh"], capture_output=True, check=False).stdout  # noqa: S603
    if listed:
        return Check("font", True, "A font with Chinese characters is there.")
    remedy = "Install your system's packages fontconfig and fonts-noto-cjk."
    return Check("font", False, "There is no font with Chinese characters for the browser tests.", remedy)
