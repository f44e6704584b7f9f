"""A worker's own phone: the poster is scanned, the form sent and confirmed, and the page is the worker's."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import main_job
from tests.browser.people import PHONE, People
from tests.browser.words import CHINESE, ENGLISH, Words
from tests.people.making import resident_id

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

NAME = "王芳"


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_a_worker_scans_registers_is_confirmed_and_has_a_page(people: People, language: str) -> None:
    says, number = Words(language), resident_id(7)
    contact = people.sign_in(main_job.CONTACT, language=language)
    address = _scanned_poster(contact, says)
    phone = people.window(size=PHONE, language=language)
    _register(phone, says, address, number)
    _confirm(contact, says)
    phone.get_by_role("link", name=says("Look again")).click()
    expect(phone.get_by_role("heading", level=1, name=NAME)).to_be_visible()
    _read_own_file(phone, says, number)
    _fits(phone)


def _scanned_poster(page: Page, says: Words) -> str:
    """As a phone's camera reads it: from the picture of the page."""
    page.goto("/people/registrations/")
    page.get_by_role("link", name=says("Poster"), exact=True).click()
    page.get_by_role("link", name=says("Make the code")).click()
    page.get_by_role("button", name=says("Make the code")).click()
    code = page.get_by_role("img", name=says("QR code that opens the form for self-registration"))
    expect(code).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth", arg=code.element_handle())
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    (found,) = zxingcpp.read_barcodes(shot)
    return found.text


def _register(page: Page, says: Words, address: str, number: str) -> None:
    page.goto(address)
    _fits(page)
    page.get_by_label(says("Number of the document")).fill(number[:-1] + ("1" if number[-1] != "1" else "2"))
    told = page.get_by_text(says("The last character does not fit the others: one of them is mistyped."))
    expect(told).to_be_visible()
    page.get_by_label(says("Number of the document")).fill(number)
    expect(told).to_be_hidden()
    page.locator("[name=name]").fill(NAME)
    page.get_by_label(says("Telephone")).fill("13855400077")
    page.get_by_label(says("Home region")).fill("安徽省淮南市")
    page.get_by_role("button", name=says("Send")).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value(NAME)
    page.get_by_label(says("I have read the notice and agree to it.")).check()
    page.get_by_role("button", name=says("Send")).click()
    expect(page.get_by_text(says("Received."))).to_be_visible()
    _fits(page)


def _confirm(page: Page, says: Words) -> None:
    page.goto("/people/registrations/")
    expect(page.get_by_role("rowheader").filter(has_text=NAME)).to_be_visible()
    page.get_by_role("checkbox", name=NAME).check()
    page.get_by_role("button", name=says("Confirm"), exact=True).first.click()
    expect(page.get_by_text(says("Nobody waits"))).to_be_visible()


def _read_own_file(page: Page, says: Words, number: str) -> None:
    page.get_by_role("link", name=says("What is kept of me, and who looked")).click()
    expect(page.get_by_text(number)).to_have_count(0)
    expect(page.get_by_text("138****0077")).to_be_visible()
    page.get_by_role("link", name=says("Change my telephone or lodging")).click()
    page.get_by_label(says("Present lodging")).fill("厂区3号楼402")
    page.get_by_role("button", name=says("Save")).click()
    expect(page.get_by_text("厂区3号楼402")).to_be_visible()
    page.get_by_role("link", name=says("Something else is wrong")).click()
    page.get_by_label(says("What is wrong, and how it is right")).fill("班组应为乙班")
    page.get_by_role("button", name=says("Send")).click()
    expect(page.get_by_text("班组应为乙班")).to_be_visible()


def _fits(page: Page) -> None:
    """Nothing stands beyond the edge of the phone."""
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= shown


def test_a_sheet_is_typed_by_the_keyboard_alone(people: People) -> None:
    says = Words(CHINESE)
    page = people.sign_in(main_job.CONTACT)
    page.goto("/people/registrations/")
    enterprise = page.get_by_role("link", name=says("Poster"), exact=True).get_attribute("href")
    assert enterprise is not None
    page.goto(enterprise.replace("/poster/", "/paper/"))
    page.get_by_label(says("Number of the sheet")).fill("A-01")
    page.get_by_role("button", name=says("Begin")).click()
    page.locator("[name='1-name']").focus()
    _type_row(page, "王芳", resident_id(8))
    expect(page.locator("tr[data-place='1']")).to_have_count(0)
    _type_row(page, "李强", resident_id(9)[:-1] + "?")
    waiting = page.locator("tr[data-place='2']")
    expect(waiting.locator("[name='2-document']")).to_have_attribute("aria-invalid", "true")
    page.context.set_offline(True)
    _type_row(page, "赵敏", resident_id(10))
    expect(page.get_by_text(says("Not sent yet; it is tried again."))).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("tr[data-place='3']")).to_have_count(0, timeout=20_000)
    people.forgive("ERR_INTERNET_DISCONNECTED")
    page.reload()
    expect(page.locator("[name='2-name']")).to_have_value("李强")
    expect(page.locator("tr[data-place='1'], tr[data-place='3']")).to_have_count(0)


def _type_row(page: Page, name: str, number: str) -> None:
    """From the name to the number by Tab, over the kind of document; Enter goes to the next row."""
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
