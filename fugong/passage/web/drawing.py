"""QR codes, drawn into the page."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr_drawn(text: str, *, label: str, scale: int = 5) -> SafeString:
    """Error correction M: a scratched screen or a stained paper still scans."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(scale=scale, border=4, omitsize=True)
    # Of our own making, from modules and numbers: nothing of the text stands in it.
    return format_html('<span class="qr" role="img" aria-label="{}">{}</span>', label, mark_safe(drawn))  # noqa: S308
