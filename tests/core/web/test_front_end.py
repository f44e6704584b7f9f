"""What is sent to browsers: locked, whole, ours to serve, and allowed by the content policy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import fugong
from fugong.core.icons import drawings
from tools import frontend

PACKAGE = Path(fugong.__file__).parent
ROOT = PACKAGE.parent
STATIC = PACKAGE / "static"
OWN = sorted(path for path in STATIC.rglob("*.*") if path.is_file() and "vendor" not in path.parts)
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
# Tabler's own, given our measure and colours on purpose.
RESTYLED = {
    *("btn", "btn-danger", "btn-primary", "btn-sm", "icon", "icon-filled", "skip-link"),
    # The workers' pages load nothing of Tabler.
    "visually-hidden",
    *("form-check", "form-check-input", "form-check-label", "form-control", "form-select"),
}
# The doorstep is one page without a file beside it, sent before Django over plain HTTP.
DOORSTEP = PACKAGE / "templates" / "hosting" / "doorstep.html"
PAGES = sorted(set((PACKAGE / "templates").rglob("*.html")) - {DOORSTEP})
ICON = re.compile(r"""{% icon "([\w-]+)"|icon_name="([\w-]+)"|icon_name\|default:"([\w-]+)\"""")


def test_lock_names_no_registry_and_checks_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_bytes())["packages"]
    locked = {path: each for path, each in packages.items() if path}
    assert locked
    for path, package in locked.items():
        assert "resolved" not in package, path
        assert package["integrity"].startswith("sha512-"), path


def test_package_file_pins_exact_versions() -> None:
    package = json.loads((ROOT / "package.json").read_bytes())
    wanted = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted)


def test_styles_need_no_exception_for_data_and_name_no_missing_map() -> None:
    styles = (frontend.VENDOR / "tabler.css").read_text(encoding="utf-8")
    assert "data:" not in styles
    assert "sourceMappingURL" not in styles
    pictures = re.findall(r'url\("(pictures/[^"]+)"\)', styles)
    assert pictures
    assert all((frontend.VENDOR / picture).is_file() for picture in pictures)


def test_licences_of_all_that_is_shipped_are_shipped() -> None:
    licences = (frontend.VENDOR / "LICENCES.txt").read_text(encoding="utf-8")
    shipped = ("@tabler/core", "@tabler/icons", "htmx.org", "@noble/ed25519", "qr 0", "zxing-wasm")
    for name in (*shipped, "zxing-cpp, in"):
        assert name in licences
    # Types for compilers are locked with the reader and sent to nobody.
    assert not any(name in licences for name in frontend.TYPES_ONLY)
    assert "axe-core" not in licences


def test_second_build_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "fetch", lambda: pytest.fail("fetched again"))
    assert frontend.main() == 0


def test_build_again_when_the_lock_changes(tmp_path: Path) -> None:
    for name in frontend.INPUTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    assert frontend.digest(tmp_path) == frontend.digest(ROOT)
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    assert frontend.digest(tmp_path) != frontend.digest(ROOT)


def test_npm_of_the_wheel_serves_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (command,) = frontend.npm_commands()
    assert all(Path(part).is_file() for part in command)


def test_icon_that_tabler_lacks_stops_the_build() -> None:
    with pytest.raises(frontend.Failed, match="no-such-icon"):
        frontend.collect_icons(["check", "no-such-icon"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PACKAGE)))
def test_templates_obey_the_content_policy_and_name_known_icons(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\s(?:src=|type=.application/json.))", text)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)
    named = {next(filter(None, groups)) for groups in ICON.findall(text)}
    assert named <= set(drawings())


def test_own_class_names_are_not_tabler_s_by_accident() -> None:
    theirs = set(CLASS.findall((STATIC / "vendor" / "tabler.css").read_text(encoding="utf-8")))
    styles = "".join(path.read_text(encoding="utf-8") for path in OWN if path.suffix == ".css")
    own = set(CLASS.findall(re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)))
    assert own & theirs == RESTYLED


@pytest.mark.parametrize("file", OWN, ids=lambda file: str(file.relative_to(STATIC)))
def test_own_files_fetch_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in text
    assert "https:" not in text
    assert "eval(" not in text
