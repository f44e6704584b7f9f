"""The code of a place: printed, scanned; and a picture of it, passed on, that shows nobody there."""

from __future__ import annotations

import io
import re

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Request, expect

from fugong.people.queries import Token
from tests.browser import main_job, owning
from tests.browser.people import DESK, PHONE, People
from tests.browser.words import CHINESE, ENGLISH, Words

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PLACE = "一号食堂"


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_who_is_there_is_confirmed_and_who_has_a_picture_of_the_poster_is_not(
    people: People, language: str
) -> None:
    says = Words(language)
    (there, her_name), (elsewhere, his_name) = owning.phones_of(people.site, 2)
    park = people.sign_in(main_job.REVIEWER, language=language)
    address = _printed_poster(park, says)

    mine = _tapped(people, there, address, says)
    expect(
        mine.get_by_text(says("It counts once the guard has confirmed it: stay until then."))
    ).to_be_visible()
    park.reload()
    row = park.get_by_role("main").get_by_role("listitem").filter(has_text=her_name)
    row.get_by_role("button").click()
    expect(row.get_by_role("button")).to_have_count(0)

    forwarded = _tapped(people, elsewhere, address, says)
    park.reload()
    expect(row.get_by_role("button")).to_have_count(0)
    other = park.get_by_role("main").get_by_role("listitem").filter(has_text=his_name)
    expect(other.get_by_text(says("not shown to be here"))).to_be_visible()

    park.get_by_role("button", name=says("Renew the poster")).click()
    park.get_by_role("dialog").get_by_role("button").last.click()
    expect(
        park.get_by_text(says("The poster is made. Print it, and take the old one down: it opens nothing."))
    ).to_be_visible()
    forwarded.goto(address)
    expect(forwarded.get_by_role("heading", name=says("This code is no longer in use"))).to_be_visible()


def test_a_screen_shows_a_code_that_opens_the_place_and_changes(people: People) -> None:
    says = Words(CHINESE)
    ((token, _name),) = owning.phones_of(people.site, 1)
    park = people.sign_in(main_job.REVIEWER)
    _printed_poster(park, says)
    screen = people.window(size=DESK)
    screen.clock.install()
    screen.goto("/v/screen/")
    screen.get_by_label(says("Pairing code")).fill(_pairing_code(park, says))
    screen.get_by_role("button", name=says("Pair")).click()
    first = _read(screen)
    screen.context.set_offline(True)
    screen.clock.run_for(31_000)
    second = _read(screen, other_than=first)
    assert second.split("?c=")[0] == first.split("?c=")[0]
    screen.context.set_offline(False)
    phone = owning.phone(people, token)
    phone.goto(second)
    expect(phone.get_by_role("button", name=says("I am here"))).to_be_visible()


def _printed_poster(page: Page, says: Words) -> str:
    """The address that a camera reads from the printed sheet."""
    page.goto("/gates/new/")
    page.get_by_role("radio", name=says("Venue with a poster")).check()
    page.locator("[name=name]").fill(PLACE)
    page.locator("[name=kind_of_rules]").select_option("venue")
    page.get_by_role("button", name=says("Open a gate")).click()
    page.get_by_role("link", name=says("Its code, and who came")).click()
    page.get_by_role("button", name=says("Make the poster")).click()
    link = page.get_by_role("link", name=says("Print the poster")).get_attribute("href")
    printed = page.context.request.get(link or "").body()
    sheet = pdfium.PdfDocument(printed)[0].render(scale=2).to_pil()
    (found,) = zxingcpp.read_barcodes(sheet.convert("L"))
    return found.text


def _tapped(people: People, token: Token, address: str, says: Words) -> Page:
    phone = owning.phone(people, token, language=says.language)
    phone.goto(address)
    phone.get_by_role("button", name=says("I am here")).click()
    expect(phone.get_by_text(PLACE)).to_be_visible()
    wide, shown = phone.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= shown
    return phone


def _pairing_code(page: Page, says: Words) -> str:
    page.get_by_role("link", name=says("Venues")).first.click()
    gate = page.get_by_role("link", name=PLACE).get_attribute("href") or ""
    page.goto(gate.replace("/venues/", "/gates/"))
    page.get_by_role("link", name=says("Name a device")).click()
    page.locator("[name=label]").fill("大厅屏幕")
    page.get_by_role("radio", name=says("Screen with a venue's code")).check()
    page.get_by_role("button", name=says("Show the pairing code")).click()
    shown = page.locator(".pairing-code code")
    return re.sub(r"\s", "", shown.inner_text())


def _read(page: Page, *, other_than: str = "") -> str:
    canvas = page.locator("#screen canvas")
    expect(canvas).to_be_visible()
    for _each in range(20):
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())).convert("L"))
        if found and found[0].text != other_than:
            return found[0].text
        page.wait_for_timeout(250)
    raise AssertionError("The screen shows no code, or no other one.")


FORM = """<!doctype html><title>place</title>
<form data-position data-waiting="…" method="post" action="/v/place/pass/">
<button name="direction" value="1">in</button><button name="direction" value="2">out</button></form>
<script type="module" src="/static/passage/venue.js"></script>"""


@pytest.mark.parametrize("consents", [True, False])
def test_a_phone_says_where_it_is_only_with_consent_and_the_tap_goes_off_either_way(
    readers: People, consents: bool
) -> None:
    """The case asks for no position: so its own form stands here by itself, with the script of the pages."""
    sent: list[str] = []
    page = readers.window(size=PHONE, geolocation={"latitude": 40.0766, "longitude": 113.3001, "accuracy": 8})
    if consents:
        page.context.grant_permissions(["geolocation"])
    page.route("**/v/place/", lambda route: route.fulfill(body=FORM, content_type="text/html"))
    page.on("request", lambda request: sent.append(request.post_data or "") if _is_tap(request) else None)
    page.route("**/v/place/pass/", lambda route: route.fulfill(body="kept"))
    page.goto("/v/place/")
    page.get_by_role("button", name="out").click()
    expect(page.get_by_text("kept")).to_be_visible()
    told = dict(each.split("=") for each in sent[0].split("&"))
    assert told.pop("direction") == "2"
    assert set(told) == ({"latitude", "longitude", "accuracy"} if consents else set())


def _is_tap(request: Request) -> bool:
    return request.url.endswith("/v/place/pass/")
