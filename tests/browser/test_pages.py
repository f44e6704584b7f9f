"""Every role's pages, on a desk and on a phone, read by rule instead of by eye."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import screens
from tests.browser.people import DESK, PHONE, People
from tests.browser.words import ENGLISH

pytestmark = pytest.mark.browser

FIELD = ["/", "/applications/", "/enterprises/", "/reports/", "/account/"]
BUREAU = [*FIELD, "/situation/", "/bulletins/", "/enterprises/responsibility/", "/playbooks/"]
PAGES = {
    "firm103": [*FIELD, "/difficulties/", "/difficulties/raise/"],
    "guide47": [*FIELD, "/difficulties/"],
    "park1": [*BUREAU, "/difficulties/", "/enterprises/new/", "/enterprises/imports/", "/duties/shortfall/"],
    "inspector": FIELD,
    "leader01": FIELD,
    "headquarters": [*BUREAU, "/bulletins/new/"],
    "commander": BUREAU,
    "system": ["/", "/account/"],
    "security": ["/", "/users/", "/users/new/", "/users/import/", "/roles/"],
    "audit": ["/", "/audit/"],
}


@pytest.mark.parametrize("user", PAGES)
def test_pages_of_a_role_fit_and_read_well(readers: People, user: str) -> None:
    _walk(readers.sign_in(user), PAGES[user])


@pytest.mark.parametrize("user", ["firm103", "commander"])
def test_pages_on_a_phone_in_english_fit_and_read_well(readers: People, user: str) -> None:
    """The longer words on the smaller screen."""
    _walk(readers.sign_in(user, size=PHONE, language=ENGLISH), PAGES[user])


def _walk(page: Page, paths: list[str]) -> None:
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        screens.check_fits(page)
        screens.check_readable(page)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_pages_of_the_door_fit_and_read_well(readers: People, size: dict[str, int]) -> None:
    page = readers.window(size=size)
    for path in ("/sign-in/", "/welcome/", "/c/C2022-0001/", "/nowhere/"):
        page.goto(path)
        screens.check_fits(page)
        screens.check_readable(page)
