"""A camera for Chromium: a film of QR codes, each held before it for a while, with nothing in between.

`flags(film)` go to the launch of a browser; the film begins anew when it ends.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import segno
from PIL import Image

SIZE = (640, 480)
FRAMES_A_SECOND = 30
"""What Chromium plays a Motion JPEG at."""


def film(path: Path, texts: Iterable[str], *, shown: float = 1.5, between: float = 0.5) -> Path:
    """Writes a Motion JPEG. "" among the texts is a pause as long as a code."""
    empty = _frame(None)
    with path.open("wb") as file:
        for text in texts:
            file.write(_frame(text or None) * round(shown * FRAMES_A_SECOND))
            file.write(empty * round(between * FRAMES_A_SECOND))
    return path


def flags(film: Path) -> list[str]:
    return [
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
        "--use-fake-ui-for-media-stream",
    ]


def _frame(text: str | None) -> bytes:
    """As a phone held at arm's length: grey around, the code a little turned and not in the middle."""
    picture = Image.new("L", SIZE, 140)
    if text is not None:
        drawn = io.BytesIO()
        segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=5, border=4)
        code = Image.open(drawn).convert("L")
        code.thumbnail((400, 400))
        turned = code.rotate(4, expand=True, fillcolor=140, resample=Image.Resampling.BICUBIC)
        picture.paste(turned, ((SIZE[0] - turned.width) // 2 + 20, (SIZE[1] - turned.height) // 2))
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=80)
    return written.getvalue()
