"""A poster with a QR code as PDF: one sheet of A4, in several languages below each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
import typst

from fugong.core.papers.glyphs import FAMILY, drawable
from fugong.core.papers.pdf import drawn_fonts

TEMPLATE: Final = Path(__file__).parent / "poster.typ"


@dataclass(frozen=True, slots=True)
class Poster:
    """`heading`, `steps` and `foot` have one entry for each language. `code` is what the QR code says."""

    title: str
    code: str
    heading: Sequence[str]
    steps: Sequence[Sequence[str]]
    foot: Sequence[str]


def poster_of(poster: Poster, mark: str, *, made_at: datetime) -> bytes:
    """`mark` stands at the foot. The text is data for the layout, never part of it."""
    said = {
        "family": FAMILY,
        "title": drawable(poster.title),
        "code": _drawn(poster.code),
        "heading": [drawable(line) for line in poster.heading],
        "steps": [[drawable(step) for step in steps] for steps in poster.steps],
        "foot": [drawable(line) for line in poster.foot],
        "mark": drawable(mark),
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=drawn_fonts(),
        sys_inputs={"said": json.dumps(said)},
        timestamp=int(made_at.timestamp()),
    )


def _drawn(code: str) -> str:
    """Error correction M: a stained sheet on a wall still scans."""
    drawn = BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="svg", scale=4, border=4, svgns=True)
    return drawn.getvalue().decode("utf-8")
