"""Getting in, and finding one's way by language and keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import People
from tests.browser.words import CHINESE, ENGLISH, TRADITIONAL, Words

pytestmark = pytest.mark.browser

TRIES, MINUTES = 5, 15


def test_guessing_is_stopped_with_a_sentence(people: People) -> None:
    says = Words(CHINESE)
    page = people.window()
    page.goto("/sign-in/")
    for number in range(TRIES):
        _try(page, says, "guide47", f"guess-{number}")
        expect(page.get_by_text(says("User name or password is not right."))).to_be_visible()
        expect(page.get_by_label(says("User name"))).to_have_value("guide47")
        expect(page.get_by_label(says("Password"))).to_have_value("")
    _try(page, says, "guide47", people.site.password)
    waiting = says.several(
        "Too many tries. Wait %(minutes)s minute, or ask the security administrator to unlock you.",
        "Too many tries. Wait %(minutes)s minutes, or ask the security administrator to unlock you.",
        MINUTES,
        minutes=MINUTES,
    )
    expect(page.get_by_text(waiting)).to_be_visible()
    people.sign_in("firm103")


def test_language_switch_keeps_the_page(readers: People) -> None:
    page = readers.sign_in("commander")
    page.goto("/enterprises/?size_class=above&sort=-staff")
    address = page.url
    first = page.get_by_role("rowheader").first.inner_text()
    for before, after, label in (
        (CHINESE, ENGLISH, "English"),
        (ENGLISH, TRADITIONAL, "繁體"),
        (TRADITIONAL, CHINESE, "简体"),
    ):
        page.get_by_role("banner").get_by_text(Words(before)("Language"), exact=True).locator("..").click()
        page.get_by_role("button", name=label).click()
        expect(page.locator("html")).to_have_attribute("lang", after)
        expect(page.get_by_role("heading", level=1)).to_have_text(Words(after)("Enterprises"))
        assert page.url == address
        if after != TRADITIONAL:
            assert page.get_by_role("rowheader").first.inner_text() == first


def test_keyboard_alone_is_enough(readers: People) -> None:
    says = Words(CHINESE)
    page = readers.window()
    page.goto("/enterprises/")
    for typed in ("commander", readers.site.password):
        page.keyboard.type(typed)
        page.keyboard.press("Tab" if typed == "commander" else "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(says("Enterprises"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=says("Skip to the content"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    _choose_a_park(page, says)
    _export(page, says)
    enterprise = page.get_by_role("rowheader").first.get_by_role("link")
    name = enterprise.inner_text()
    _tab_to(page, enterprise)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def _choose_a_park(page: Page, says: Words) -> None:
    """Opens the filter, ticks one park, closes it and is back on its button."""
    button = page.get_by_role("search").get_by_text(says("Park"), exact=True).first
    _tab_to(page, button)
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    page.wait_for_url(re.compile(r"park="))
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox").first).to_be_hidden()
    expect(button).to_be_focused()


def _export(page: Page, says: Words) -> None:
    _tab_to(page, page.get_by_text(says("Export"), exact=True))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_label(says("What is it for?")))
    page.keyboard.type("四月例会")
    _tab_to(page, page.get_by_role("button", name="CSV"))
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".csv")
    page.keyboard.press("Escape")


def _tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Presses Tab until `wanted` has the focus, which must be seen."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => (it.closest('summary') || it) === document.activeElement"):
            assert page.evaluate(SEEN), "the focus cannot be seen"
            return
    raise AssertionError(f"{most} times Tab did not lead to {wanted}")


SEEN = """() => {
  const look = getComputedStyle(document.activeElement);
  return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
}"""


def _try(page: Page, says: Words, user: str, password: str) -> None:
    page.get_by_label(says("User name")).fill(user)
    page.get_by_label(says("Password")).fill(password)
    page.get_by_role("main").get_by_role("button", name=says("Sign in"), exact=True).click()
