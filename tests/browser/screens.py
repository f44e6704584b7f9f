"""What every page must be, whatever it shows: within its screen, and readable without eyes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.people import PHONE

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Success criteria of WCAG 2.2 A and AA, and what axe's authors hold to be good practice beyond them.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
FORMS = """() => [...document.forms]
  .filter(form => form.method === 'post' && !form.querySelector('input[name=csrfmiddlewaretoken][value]'))
  .map(form => form.action)"""


def check_fits(page: Page) -> None:
    """Nothing stands out to the right, on the screen as it is and on a phone."""
    size = page.viewport_size
    assert size is not None
    for width in {size["width"], PHONE["width"]}:
        page.set_viewport_size({"width": width, "height": size["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} wide on {width}"
    page.set_viewport_size(size)


def check_readable(page: Page) -> None:
    """One h1, a language, and nothing that axe finds. Every form that writes carries its token."""
    assert page.get_by_role("heading", level=1).count() == 1, page.url
    assert page.locator("html").get_attribute("lang"), page.url
    assert page.evaluate(FORMS) == [], page.url
    page.evaluate(_axe())  # by the debugger's way, so that the content policy stays as it is
    found = page.evaluate(ASK, RULES)["violations"]
    assert found == [], "\n".join([page.url, *map(_told, found)])


@cache
def _axe() -> str:
    return f"{AXE.read_text(encoding='utf-8')}\n;null"


def _told(violation: dict[str, Any]) -> str:
    nodes = [node["html"][:160] for node in violation["nodes"][:4]]
    return "\n    ".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *nodes])
