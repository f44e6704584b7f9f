"""Forms that are refused, and a network that fails."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE, People
from tests.browser.words import CHINESE, Words

pytestmark = pytest.mark.browser

OFFLINE = "The server did not answer. Check the network and try again."
FAILED = "Something went wrong and nothing was changed. Try again."


def test_form_that_came_back_keeps_what_was_typed(readers: People) -> None:
    says = Words(CHINESE)
    page = readers.sign_in("firm103", size=PHONE)
    page.goto("/reports/")
    typed = {"People on post": "8", "Output in percent of normal": "40", "What is needed": "口罩两箱"}
    for label, value in typed.items():
        page.get_by_label(says(label)).fill(value)
    page.get_by_role("button", name=says("Report"), exact=True).click()
    expect(page.get_by_text(says("The enterprise had not resumed on this day.")).first).to_be_visible()
    for label, value in typed.items():
        expect(page.get_by_label(says(label))).to_have_value(value)
    expect(page.get_by_label(says("Day"), exact=False).first).to_have_value("2022-04-28")
    wrong = page.locator("[aria-invalid=true]")
    expect(wrong).to_have_count(1)
    assert wrong.get_attribute("aria-describedby")


def test_search_without_the_network_says_so_and_goes_on(readers: People) -> None:
    says = Words(CHINESE)
    page = readers.sign_in("commander")
    page.goto("/enterprises/")
    before = page.get_by_role("rowheader").count()
    page.context.set_offline(True)
    page.get_by_role("searchbox").fill("乐森")
    expect(page.get_by_text(says(OFFLINE))).to_be_visible()
    assert page.get_by_role("rowheader").count() == before
    page.context.set_offline(False)
    page.get_by_role("searchbox").fill("乐森黑马")
    expect(page.get_by_role("rowheader")).to_have_count(1)
    readers.forgive("ERR_INTERNET_DISCONNECTED|htmx:(sendError|afterRequest)")


def test_answer_that_breaks_off_is_said(readers: People) -> None:
    says = Words(CHINESE)
    page = readers.sign_in("commander")
    page.goto("/enterprises/")
    page.route("**/enterprises/?q=*", lambda route: route.abort("connectionreset"))
    page.get_by_role("searchbox").fill("乐森")
    expect(page.get_by_text(says(OFFLINE))).to_be_visible()
    page.unroute("**/enterprises/?q=*")
    page.route("**/enterprises/?q=*", lambda route: route.fulfill(status=500, body="broken"))
    page.get_by_role("searchbox").fill("黑马")
    expect(page.get_by_text(says(FAILED))).to_be_visible()
    readers.forgive("ERR_CONNECTION_RESET|status of 500|^500 |htmx:(sendError|afterRequest)|Response Status")
