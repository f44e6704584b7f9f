"""Every role's pages, on a desk and on a phone, read by rule instead of by eye."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.main_job import POLICY
from tests.browser.people import DESK, PHONE, People
from tests.browser.words import CHINESE, ENGLISH, Words

pytestmark = pytest.mark.browser

FIELD = ["/", "/applications/", "/enterprises/", "/reports/", "/account/"]
BUREAU = [*FIELD, "/situation/", "/bulletins/", "/enterprises/responsibility/", "/playbooks/"]
PAGES = {
    "firm103": [*FIELD, "/difficulties/", "/difficulties/raise/", "/people/", "/people/new/"],
    "guide47": [*FIELD, "/difficulties/"],
    "park1": [
        *BUREAU,
        "/people/",
        "/difficulties/",
        "/enterprises/new/",
        "/enterprises/imports/",
        "/duties/shortfall/",
    ],
    "inspector": FIELD,
    "leader01": FIELD,
    "headquarters": [*BUREAU, "/bulletins/new/"],
    "commander": [*BUREAU, "/playbooks/new/"],
    "system": ["/", "/account/", "/users/", "/users/new/", "/users/import/"],
    "security": ["/", "/users/", "/roles/"],
    "audit": ["/", "/audit/"],
}
# Lists whose first row leads to a page of its own.
ROWS = {
    "park1": ["/enterprises/", "/applications/?show=all", "/difficulties/"],
    "security": ["/users/"],
}


@pytest.mark.parametrize("user", PAGES)
def test_pages_of_a_role_fit_and_read_well(readers: People, user: str) -> None:
    _walk(readers.sign_in(user), PAGES[user])


@pytest.mark.parametrize("user", ["firm103", "commander", "audit"])
def test_pages_on_a_phone_in_english_fit_and_read_well(readers: People, user: str) -> None:
    """The longer words on the smaller screen."""
    _walk(readers.sign_in(user, size=PHONE, language=ENGLISH), PAGES[user])


@pytest.mark.parametrize("user", ROWS)
def test_pages_behind_the_lists_fit_and_read_well(readers: People, user: str) -> None:
    page = readers.sign_in(user)
    for path in ROWS[user]:
        page.goto(path)
        heading = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("rowheader").first.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
        screens.check_fits(page)
        screens.check_readable(page)


def test_proof_and_check_of_a_bulletin_fit_and_read_well(readers: People) -> None:
    says = Words(CHINESE)
    page = readers.sign_in("commander")
    page.goto("/bulletins/")
    page.get_by_role("link", name="2022-001").click()
    bulletin = page.url
    page.get_by_role("link", name=re.compile(says.of(POLICY.figures["resumed"].name))).first.click()
    expect(
        page.get_by_text(says("Recomputed just now: the same to the digit and to the row."))
    ).to_be_visible()
    screens.check_fits(page)
    screens.check_readable(page)
    page.goto(bulletin)
    page.get_by_role("link", name=says("Verify"), exact=True).click()
    screens.check_fits(page)
    screens.check_readable(page)


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
