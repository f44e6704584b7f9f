"""The sheet as PDF: A4 across, the columns named on every page, each page numbered and marked."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst
from django.utils.translation import gettext as _

from fugong.core.papers.glyphs import FAMILY, FONT, drawable
from fugong.core.papers.paper import Paper
from fugong.core.punctuation import labelled
from fugong.core.refusals import Invalid

ROWS_MOST: Final = 1_000  # a second and 230 MB
TEMPLATE: Final = Path(__file__).parent / "paper.typ"
# Without a place to break it, a long Latin word runs out of its cell.
_UNBROKEN: Final = re.compile(r"([!-~]{16})(?=[!-~])")
_BREAK: Final = "\u200b"


def pdf_of(paper: Paper, mark: str, *, made_at: datetime) -> bytes:
    """`mark` stands at the foot of every page. The text is data for the layout, never part of it.

    Raises `Invalid` for more than `ROWS_MOST` rows: they would hold a worker of the server for seconds.
    """
    if len(paper.rows) > ROWS_MOST:
        message = _("A PDF holds %(limit)s rows at most. Take the Excel file instead.")
        raise Invalid(message % {"limit": ROWS_MOST}, code="too_many_rows")
    said = {
        "family": FAMILY,
        "title": drawable(paper.title),
        "head": [_set(labelled(label, value)) for label, value in paper.head],
        "columns": [_set(label) for label in paper.columns],
        "widths": list(paper.widths),
        "rows": [[_set(text) for text in row] for row in paper.rows],
        "foot": [_set(labelled(label, "")) for label in paper.foot],
        "mark": _set(mark),
        "numbered": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=drawn_fonts(),
        sys_inputs={"said": json.dumps(said)},
        timestamp=int(made_at.timestamp()),
    )


def _set(text: str) -> str:
    return _UNBROKEN.sub(rf"\1{_BREAK}", drawable(text))


@lru_cache(maxsize=1)
def drawn_fonts() -> typst.Fonts:
    """Our own alone, whatever the machine has: a sheet looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT.parent])
