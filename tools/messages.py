"""Translations: gathers them, checks them against the sources, compiles them. No gettext programs are needed.

build   merge fugong/locale/parts/*.po into the one file, compile it, derive traditional Chinese from it
check   fail when a text of the interface has no translation, or a translation no text
absorb  as build; then remove the parts, and drop translations that nothing uses
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from fugong.core.languages import in_traditional

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "fugong"
LOCALE = PACKAGE / "locale"
HEADER = """\
# Fugong in simplified Chinese. Written by `tools/messages.py build`; sorted by the English text.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
# A translation that replaces one of a library carries the comment `#. library: <package>`.
LIBRARY = re.compile(r"library: (\w+)")
NAMED = re.compile(r"%\((\w+)\)|\{(\w+)\}")
UNNAMED = re.compile(r"(?<!%)%[sdif]")
# What Django turns the tags of a template into.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Key = tuple[str | None, str]  # context, English text
Text = tuple[int, str | None, str, str | None]  # line, context, English text, its plural


@dataclass(slots=True)
class Used:
    """A text of the interface, as the sources have it."""

    plural: str | None = None
    places: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    commands: dict[str, Callable[[], list[str]]] = {"build": build, "check": check, "absorb": absorb}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    problems = commands[arguments[0]]()
    for problem in problems:
        print(f"messages: {problem}", file=sys.stderr)
    return 1 if problems else 0


def build() -> list[str]:
    """Where two parts disagree the first one is taken for now; `check` fails until they agree."""
    catalog, disagreements = merged(LOCALE)
    for line in disagreements:
        print(f"messages: {line}", file=sys.stderr)
    write(catalog, source_path(LOCALE))
    compile_all(LOCALE)
    return []


def absorb() -> list[str]:
    catalog, disagreements = merged(LOCALE)
    if disagreements:
        return disagreements
    used = used_in(PACKAGE)
    for message in list(catalog):
        if message.id and key_of(message) not in used and not is_for_library(message):
            catalog.delete(message.id, message.context)
            print(f"dropped: {message.id}")
    write(catalog, source_path(LOCALE))
    for part in part_paths(LOCALE):
        part.unlink()
    compile_all(LOCALE)
    return []


def check() -> list[str]:
    catalog, disagreements = merged(LOCALE)
    kept = read(source_path(LOCALE))
    unmerged = [
        f"not merged, run `make setup`: {message.id}" for message in catalog if differs(message, kept)
    ]
    return [*disagreements, *unmerged, *faults(used_in(PACKAGE), catalog)]


# The files


def source_path(locale: Path) -> Path:
    return locale / "zh_Hans" / "LC_MESSAGES" / "django.po"


def part_paths(locale: Path) -> list[Path]:
    return sorted((locale / "parts").glob("*.po"))


def read(path: Path) -> Catalog:
    if not path.is_file():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", charset="utf-8", abort_invalid=True)


def merged(locale: Path) -> tuple[Catalog, list[str]]:
    """All translations, a part's before the gathered file's; and where two parts disagree."""
    catalog = read(source_path(locale))
    said: dict[Key, tuple[str, object]] = {}
    disagreements = []
    for path in part_paths(locale):
        for message in read(path):
            if not message.id:
                continue
            first, words = said.setdefault(key_of(message), (path.name, message.string))
            if words != message.string:
                disagreements.append(f"{first} and {path.name} disagree about: {key_of(message)[1]}")
            elif first == path.name:
                catalog.delete(message.id, message.context)
                catalog[message.id] = message
    return catalog, disagreements


def write(catalog: Catalog, path: Path) -> None:
    """Leaves a file alone that is as it should be, so that nothing is built again for it."""
    body = BytesIO()
    write_po(body, catalog, omit_header=True, sort_output=True, no_location=True, width=0)
    text = HEADER + body.getvalue().decode("utf-8").lstrip("\n")
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def compile_all(locale: Path) -> None:
    simplified = read(source_path(locale))
    traditional = Catalog(locale="zh_Hant", charset="utf-8")
    for message in simplified:
        if message.id:
            traditional.add(message.id, converted(message.string or ""), context=message.context)
    for catalog, name in ((simplified, "zh_Hans"), (traditional, "zh_Hant")):
        path = locale / name / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, catalog)


def converted(words: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(words, str):
        return in_traditional(words)
    return tuple(in_traditional(each) for each in words)


# The texts


def key_of(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, text


def used_in(package: Path) -> dict[Key, Used]:
    """Every text that a Python file or a template of the package gives to gettext."""
    found: dict[Key, Used] = {}
    for path, source in sources(package):
        texts = from_python(source) if path.suffix == ".py" else from_template(source)
        for line, context, singular, plural in texts:
            used = found.setdefault((context, singular), Used())
            used.plural = used.plural or plural
            used.places.append(f"{path.relative_to(package.parent)}:{line}")
    return found


def sources(package: Path) -> Iterator[tuple[Path, str]]:
    for suffix in ("py", "html"):
        for path in sorted(package.rglob(f"*.{suffix}")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


def from_template(source: str) -> Iterator[Text]:
    if not settings.configured:
        settings.configure()
    # In brackets, so that the indentation of a template is none of Python's business.
    written = f"({templatize(source)}\n)"
    for line, text, _comments, context in extract("python", BytesIO(written.encode()), KEYWORDS):
        singular, plural = (text, None) if isinstance(text, str) else (text[0], text[1])
        yield line, context, singular, plural


def from_python(source: str) -> Iterator[Text]:
    """By the syntax tree: it knows `pgettext_lazy as _p` by what it was imported as, and reads f-strings."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        kind = names.get(node.func.id, "")
        if kind in {"gettext", "ngettext", "pgettext", "npgettext"}:
            said = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
            context = said.pop(0) if "pgettext" in kind and said else None
            if said:
                yield node.lineno, context, said[0], said[1] if kind.startswith("n") else None


def faults(used: dict[Key, Used], catalog: Catalog) -> list[str]:
    translations = {key_of(message): message for message in catalog if message.id}
    found = [
        f"no translation: {text!r} ({using.places[0]})"
        for (context, text), using in sorted(used.items(), key=lambda item: item[0][1])
        if (context, text) not in translations
    ]
    for key, message in translations.items():
        if key not in used and not is_for_library(message):
            found.append(f"nothing uses: {key[1]!r}")
        found += [f"{fault}: {key[1]!r}" for fault in faults_of(message)]
    return found


def faults_of(message: Message) -> Iterator[str]:
    sources_ = [message.id] if isinstance(message.id, str) else list(message.id)
    words = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if message.fuzzy:
        yield "fuzzy"
    if not all(words):
        yield "empty translation"
        return
    if any(UNNAMED.search(text) for text in (*sources_, *words)) and "%(" not in sources_[0]:
        yield "placeholder without a name"
    asked = {name for text in sources_ for name in names_in(text)}
    if any(names_in(text) != asked for text in words):
        yield "placeholders differ"


def names_in(text: str) -> set[str]:
    return {first or second for first, second in NAMED.findall(text)}


def differs(message: Message, kept: Catalog) -> bool:
    if not message.id:
        return False
    other = kept.get(message.id, message.context)
    return other is None or other.string != message.string


def is_for_library(message: Message) -> bool:
    """Whether it replaces the translation of a text that the named package really has."""
    comments = " ".join((*message.auto_comments, *message.user_comments))
    named = LIBRARY.search(comments)
    return named is not None and key_of(message)[1] in texts_of_library(named.group(1))


@cache
def texts_of_library(package: str) -> set[str]:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return set()
    texts = set()
    for path in Path(spec.origin).parent.rglob("zh_Hans/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            texts |= {key_of(message)[1] for message in read_mo(file) if message.id}
    return texts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
