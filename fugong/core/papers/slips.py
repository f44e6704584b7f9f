"""Cards to carry and sheets to lay behind a windscreen: a code, a name, a few lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
import typst
from django.utils.translation import gettext as _

from fugong.core.papers.glyphs import FAMILY, drawable
from fugong.core.papers.pdf import drawn_fonts
from fugong.core.punctuation import labelled
from fugong.core.refusals import Invalid

SLIPS_MOST: Final = 300  # some four seconds
TEMPLATE: Final = Path(__file__).parent / "slips.typ"


class SlipSize(StrEnum):
    CARD = "card"
    """Ten on a sheet of A4."""
    SHEET = "sheet"
    """One on a sheet of A5, across."""


@dataclass(frozen=True, slots=True)
class Slip:
    """`code` is the text of the QR code, `under` what stands below it, such as a number to read out."""

    title: str
    large: str
    lines: Sequence[tuple[str, str]]
    note: str
    code: str
    under: str = ""


def slips_of(
    slips: Sequence[Slip], *, title: str, mark: str, size: SlipSize = SlipSize.CARD, made_at: datetime
) -> bytes:
    """As PDF. `mark` stands at the foot of every page. Raises `Invalid` for more than `SLIPS_MOST`."""
    if len(slips) > SLIPS_MOST:
        message = _("At most %(limit)s at once. Choose fewer.")
        raise Invalid(message % {"limit": SLIPS_MOST}, code="too_many_rows")
    said = {
        "family": FAMILY,
        "size": size.value,
        "title": drawable(title),
        "mark": drawable(mark),
        "slips": [_told(slip) for slip in slips],
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=drawn_fonts(),
        sys_inputs={"said": json.dumps(said)},
        timestamp=int(made_at.timestamp()),
    )


def _told(slip: Slip) -> dict[str, object]:
    return {
        "title": drawable(slip.title),
        "large": drawable(slip.large),
        "lines": [drawable(labelled(label, value)) for label, value in slip.lines],
        "note": drawable(slip.note),
        "code": _drawn(slip.code),
        "under": drawable(slip.under),
    }


def _drawn(text: str) -> str:
    """Error correction M: a worn card still scans.

    To look for the best of the eight masks costs more than all else, and codes as good as random look the
    same under each.
    """
    drawn = BytesIO()
    segno.make(text, error="m", micro=False, mask=0).save(
        drawn, kind="svg", scale=1, border=3, xmldecl=False, svgns=True
    )
    return drawn.getvalue().decode("ascii")
