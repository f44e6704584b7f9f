"""The pictures of the documentation, taken where the tests walk. Only `FUGONG_PICTURES=1` writes them."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser.words import Words

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 192


def take(page: Page, name: str, says: Words, *, whole: bool = False, listens: bool = False) -> None:
    """What the window shows now, or the `whole` page, as docs/pictures/<name>.zh.png or .en.png.

    A page that `listens` to its server is never done with the network.
    """
    if os.environ.get("FUGONG_PICTURES") != "1":
        return
    if not listens:
        page.wait_for_load_state("networkidle")
    shot = page.screenshot(full_page=whole, animations="disabled", caret="hide")
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.{says.short}.png", optimize=True)
