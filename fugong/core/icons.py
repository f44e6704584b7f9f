"""The drawings of the icons, built at set-up from those that frontend/icons.txt names."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons.json"


class UnknownIcon(LookupError):
    """A template asks for an icon that frontend/icons.txt does not name."""


@lru_cache(maxsize=1)
def drawings() -> dict[str, SafeString]:
    known: dict[str, str] = json.loads(DRAWINGS.read_text(encoding="utf-8"))
    return {name: mark_safe(drawing) for name, drawing in known.items()}  # noqa: S308 - our own build's output


def draw(name: str, *, label: str = "") -> SafeString:
    """The SVG itself, so that it takes the colour of its text. Without a label screen readers pass it by."""
    try:
        drawing = drawings()[name]
    except KeyError:
        raise UnknownIcon(f"{name}: add it to frontend/icons.txt and run `make setup`") from None
    kind = "icon icon-filled" if name.endswith("-filled") else "icon"
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', kind, label, drawing
        )
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', kind, drawing)
