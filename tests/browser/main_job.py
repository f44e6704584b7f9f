"""The steps of the main job, each as the one person whose turn it is does it."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import zxingcpp
from docx import Document
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from fugong.playbooks.queries import shipped
from fugong.scenarios.reading import read_scenario
from tests.browser import screens
from tests.browser.pictures import take
from tests.browser.words import Words

CONTACT, INSTRUCTOR, REVIEWER = "firm103", "guide47", "park1"
ENTERPRISE = next(row for row in read_scenario("datong").enterprises if row["ref"] == "E103")["name"]
REPRESENTATIVE = "张某丙"
POLICY = shipped("datong", on=date(2022, 4, 28)).policy
ROUTE = POLICY.routes["below_size"]


def draft(page: Page, says: Words, folder: Path) -> None:
    """From the contact's home page to an application that lacks nothing."""
    page.get_by_role("link", name=says("Apply"), exact=True).click()
    page.get_by_label(says("Work to start on")).fill("2022-04-29")
    page.get_by_label(says("People on post")).fill("9")
    page.get_by_role("button", name=says("Open a draft")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(says("Draft"))
    for key in ROUTE.standards:
        _answer(page, says, says.of(POLICY.standards[key].name))
    take(page, "draft", says)
    _attach_plan(page, says, folder)
    _sign_letter(page, says)
    expect(page.get_by_text(says("Nothing is missing. You can submit."))).to_be_visible()
    _check(page)


def submit(page: Page, says: Words) -> None:
    page.get_by_role("link", name=says("Check and submit")).click()
    _check(page)
    page.get_by_role("button", name=says("Submit"), exact=True).click()
    expect(page.get_by_text(says("Submitted. The authority's clock runs."))).to_be_visible()
    _check(page)


def verify(page: Page, says: Words, folder: Path) -> None:
    """On the instructor's phone, from the duty on the home page: each check, photos, a drawn signature."""
    page.get_by_role("link", name=re.compile(says("Verify on site"))).first.click()
    start = page.get_by_role("link", name=says("Verify on site"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if start.count():
        start.first.click()
    for number, key in enumerate(ROUTE.visit_checks):
        check = POLICY.visit_checks[key]
        group = page.get_by_role("group", name=says.of(check.name))
        if check.answer == "count":
            group.get_by_label(says("How many were counted")).fill("9")
        else:
            group.get_by_role("radio", name=says("Passed"), exact=True).check()
        if check.evidence:
            photo = _photograph(folder / f"photo-{number}.jpg", boxes=number + 3)
            group.get_by_label(says("Photo"), exact=True).set_input_files(photo)
            expect(group.get_by_text(photo.name)).to_be_visible()
    page.get_by_role("group").first.evaluate("group => group.scrollIntoView()")
    take(page, "visit", says)
    _check(page)
    page.get_by_role("button", name=says("Record the visit")).click()
    expect(page.get_by_role("main")).to_contain_text(says("Sign, or type the full name."))
    _draw(page, page.get_by_role("img", name=says("Sign here with a finger or the mouse")))
    page.get_by_role("button", name=says("Record the visit")).click()
    expect(page.get_by_text(says("The visit is recorded."))).to_be_visible()


def approve(page: Page, says: Words) -> None:
    """The reviewer of the park, from the duty on the home page; below size its decision is the last."""
    page.get_by_role("link", name=re.compile(says("Give an opinion on the application"))).filter(
        has_text=ENTERPRISE
    ).click()
    page.get_by_role("link", name=says("Give the opinion")).click()
    page.get_by_role("radio", name=says("Agree"), exact=True).check()
    take(page, "opinion", says)
    _check(page)
    page.get_by_role("button", name=says("Record the opinion")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(says("Approved"))


def certificate_address(page: Page, says: Words) -> str:
    """Opens the certificate and reads its code as a phone at the gate does: from the picture."""
    page.get_by_role("link", name=says("Certificate"), exact=True).first.click()
    code = page.get_by_role("img", name=says("QR code that anybody can scan to check this certificate"))
    expect(code).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth", arg=code.element_handle())
    take(page, "certificate", says, whole=True)
    _check(page)
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    (found,) = zxingcpp.read_barcodes(shot)
    return found.text


def report(page: Page, says: Words) -> None:
    page.get_by_role("link", name=says("Report the day's production")).click()
    page.get_by_label(says("People on post")).fill("9")
    page.get_by_label(says("Output in percent of normal")).fill("60")
    take(page, "report", says)
    _check(page)
    page.get_by_role("button", name=says("Report"), exact=True).click()
    expect(page.get_by_text(says("Reported for %(day)s.", day="2022-04-28"))).to_be_visible()


def _check(page: Page) -> None:
    screens.check_fits(page)
    screens.check_readable(page)


def _answer(page: Page, says: Words, standard: str) -> None:
    group = page.get_by_role("group", name=standard)
    with page.expect_response(lambda answer: answer.url.endswith("/answer/") and answer.ok):
        group.get_by_role("radio", name=says("Met"), exact=True).check()


def _attach_plan(page: Page, says: Words, folder: Path) -> None:
    paper = says.of(POLICY.papers["control_plan"].name)
    plan = folder / "plan.docx"
    document = Document()
    document.add_heading(paper)
    document.add_paragraph(ENTERPRISE)
    document.save(str(plan))
    place = page.get_by_role("article").filter(has=page.get_by_role("heading", name=paper))
    place.get_by_label(says("Photo or file")).set_input_files(plan)
    place.get_by_role("button", name=says("Attach")).click()
    expect(page.get_by_text(says("The file is attached."))).to_be_visible()
    expect(page.get_by_role("link", name=plan.name)).to_be_visible()


def _sign_letter(page: Page, says: Words) -> None:
    page.get_by_label(says("Or type the full name")).fill(REPRESENTATIVE)
    page.get_by_role("button", name=says("Sign"), exact=True).click()
    expect(page.get_by_text(says("The letter is signed."))).to_be_visible()


def _photograph(path: Path, *, boxes: int) -> Path:
    """A shelf with boxes, as large as a phone's camera makes it."""
    picture = Image.new("RGB", (1600, 1200), "#d8d3c8")
    pen = ImageDraw.Draw(picture)
    for number in range(boxes):
        left, top = 80 + number % 5 * 300, 120 + number // 5 * 420
        pen.rectangle((left, top, left + 250, top + 300), fill="#b08d57", outline="#6e5430", width=8)
        pen.rectangle((left + 70, top + 90, left + 180, top + 170), fill="#f4f1ea")
        pen.rectangle((0, top + 308, 1600, top + 340), fill="#7d8791")
    picture.save(path, "JPEG", quality=85)
    return path


def _draw(page: Page, pad: Locator) -> None:
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for x, y in ((120, 120), (160, 50), (220, 130)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    page.mouse.up()
