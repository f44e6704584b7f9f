"""Reference pages drawn from the code: `build` writes them, `check` fails when one is not current."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
SIGN_IN = "sign-in/"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    building = sys.argv[1:] != ["check"]
    with translation.override("en"):
        pages = {name: draw() for name, draw in PAGES.items()}
    stale = [name for name, text in pages.items() if _kept(name) != text]
    for name in stale:
        if building:
            (FOLDER / name).write_text(pages[name], encoding="utf-8")
            print(f"docs: {name} written")
        else:
            print(f"docs: {name} is not current; run `make docs`", file=sys.stderr)
    return 0 if building or not stale else 1


def _kept(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def addresses() -> Iterator[tuple[str, object]]:
    """Every address with its view, as Django resolves them."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, object]]:
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, path)
            else:
                yield path, pattern.callback

    yield from walk(get_resolver().url_patterns, "")


def _permissions() -> str:
    """Roles across, addresses down: who may reach what, before any row is looked at."""
    from fugong.accounts.operations.roles import shipped_roles  # noqa: PLC0415 - Django is ready only here
    from fugong.core.web.pages import access_of  # noqa: PLC0415

    roles = shipped_roles()
    held = {role["code"]: set(role["permissions"]) for role in roles}
    lines = [
        "# Who may reach which address",
        "",
        "Drawn from the views and the roles an authority starts with (`make docs`). A dot: the role opens the"
        " page; which rows it then sees is decided by area, care and enterprise.",
        "",
        "| address | needs | " + " | ".join(held) + " |",
        "|---|---|" + "---|" * len(held),
    ]
    for path, view in sorted(addresses(), key=lambda each: each[0]):
        access = access_of(view)
        if path.startswith(SIGN_IN) or access is None:
            continue
        if access.kind == "public":
            lines.append(f"| `/{path}` | open: {access.why_public} |" + " ● |" * len(held))
            continue
        needs = access.permission or "signed in"
        marks = ["●" if access.permission in (None, *held[role]) else "" for role in held]
        lines.append(f"| `/{path}` | {needs} | " + " | ".join(marks) + " |")
    names = ", ".join(f"`{role['code']}` {role['name']['zh']} ({role['name']['en']})" for role in roles)
    return "\n".join([*lines, "", f"Roles: {names}.", ""])


def _retention() -> str:
    """Each class of data with its end, and which tables are in it."""
    from fugong.core.retention import kept_models, retention_classes  # noqa: PLC0415

    def said(line: tuple[object, ...]) -> str:
        return "| " + " | ".join("—" if each is None or each == "" else str(each) for each in line) + " |"

    lines = [
        "# What is kept until when",
        "",
        "Drawn from the register of retention (`make docs`). An authority may set other days with a reason,"
        " on the page End of data; see [how data ends](../how-to/end-of-data.md).",
        "",
        "| class | kept for | days | counted from | days after the emergency | basis |",
        "|---|---|---|---|---|---|",
    ]
    for each in retention_classes():
        ends = (each.days, each.counted_from, each.after_emergency)
        lines.append(said((f"`{each.key}` {each.label}", each.purpose, *ends, each.basis)))
    lines += ["", "## Tables", "", "| table | class | ends |", "|---|---|---|"]
    for label, kept in sorted(kept_models().items(), key=lambda pair: (pair[1].retention, pair[0])):
        how = f"by `{kept.since}`" if kept.since else ""
        with_ = ", ".join(f"`{name}`" for name in kept.goes_with) + "".join(
            f" `{by.column}`" for by in kept.by
        )
        ways = [
            how,
            f"with {with_}" if with_ else "",
            f"emptied: {', '.join(kept.blank)}" if kept.blank else "",
        ]
        lines.append(said((f"`{label}`", kept.retention, "; ".join(way for way in ways if way))))
    return "\n".join([*lines, ""])


PAGES: dict[str, Callable[[], str]] = {"permissions.md": _permissions, "retention.md": _retention}

if __name__ == "__main__":
    sys.exit(main())
