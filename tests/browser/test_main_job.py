"""The main job, end to end, in a real browser: from an application to a bulletin that counts it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import main_job
from tests.browser.people import PHONE, People
from tests.browser.pictures import take
from tests.browser.serving import Site
from tests.browser.words import CHINESE, ENGLISH, Words

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_main_job(people: People, site: Site, tmp_path: Path) -> None:
    says = Words(CHINESE)
    contact = people.sign_in(main_job.CONTACT)
    commander = people.sign_in("commander")
    assert _resumed(commander, says) == "91"
    take(commander, "situation", says)
    main_job.draft(contact, says, tmp_path)
    main_job.submit(contact, says)
    main_job.verify(people.sign_in(main_job.INSTRUCTOR, size=PHONE), says, tmp_path)
    reviewer = people.sign_in(main_job.REVIEWER)
    main_job.approve(reviewer, says)
    address = main_job.certificate_address(reviewer, says)
    _check_certificate(people, says, address)
    contact.goto("/")
    main_job.report(contact, says)
    assert _resumed(commander, says) == "92"
    _new_bulletin(people, commander, says)
    verified = site.command("bulletin", "verify")
    assert re.search(r"2022-001: the same to the digit", verified)
    assert re.search(r"2022-002: the same to the digit", verified)


def test_main_job_in_english(people: People, tmp_path: Path) -> None:
    says = Words(ENGLISH)
    commander = people.sign_in("commander", language=ENGLISH)
    assert _resumed(commander, says) == "91"
    take(commander, "situation", says)
    contact = people.sign_in(main_job.CONTACT, language=ENGLISH)
    main_job.draft(contact, says, tmp_path)
    main_job.submit(contact, says)
    main_job.verify(people.sign_in(main_job.INSTRUCTOR, size=PHONE, language=ENGLISH), says, tmp_path)
    reviewer = people.sign_in(main_job.REVIEWER, language=ENGLISH)
    main_job.approve(reviewer, says)
    _check_certificate(people, says, main_job.certificate_address(reviewer, says))
    contact.goto("/")
    main_job.report(contact, says)
    assert _resumed(commander, says) == "92"
    _open_bulletin(commander, "2022-001")
    expect(commander.get_by_role("article")).to_contain_text("91")
    take(commander, "bulletin", says)


def _resumed(page: Page, says: Words) -> str:
    """What the situation page says of resumed enterprises."""
    page.goto("/situation/")
    figure = page.locator(".key-figure").filter(has=page.get_by_text(says("Resumed"), exact=True))
    return re.sub(r"\D", "", figure.locator("data").inner_text())


def _check_certificate(people: People, says: Words, address: str) -> None:
    """At the gate: a phone that nobody has signed in on. A changed letter is no certificate."""
    passer = people.window(size=PHONE, language=says.language)
    passer.goto(address)
    expect(passer.get_by_text(says("Genuine and valid"), exact=True)).to_be_visible()
    expect(passer.get_by_text(main_job.ENTERPRISE)).to_be_visible()
    take(passer, "check", says)
    letter = "B" if address[-6] == "A" else "A"
    other_number = re.sub(r"\d(?=/\?)", lambda digit: str((int(digit[0]) + 1) % 10), address)
    for tampered in (f"{address[:-6]}{letter}{address[-5:]}", other_number):
        assert tampered != address
        passer.goto(tampered)
        expect(passer.get_by_text(says("Not genuine"), exact=True)).to_be_visible()
        expect(passer.get_by_text(main_job.ENTERPRISE)).to_have_count(0)


def _open_bulletin(page: Page, number: str) -> None:
    page.goto("/bulletins/")
    page.get_by_role("link", name=number).click()


def _new_bulletin(people: People, commander: Page, says: Words) -> None:
    """The headquarters composes, the commander publishes; the one of the day before stands as it was."""
    writer = people.sign_in("headquarters")
    writer.goto("/bulletins/")
    writer.get_by_role("link", name=says("Compose a bulletin")).click()
    writer.get_by_role("button", name=says("Compose"), exact=True).click()
    expect(writer.get_by_role("article")).to_contain_text("92")
    _open_bulletin(commander, "2022-002")
    commander.get_by_role("button", name=says("Publish")).click()
    commander.get_by_role("dialog").get_by_role("button", name=says("Publish")).click()
    expect(commander.get_by_role("article")).to_contain_text(says("Published"))
    expect(commander.get_by_role("article")).to_contain_text("92")
    take(commander, "bulletin", says)
    _open_bulletin(commander, "2022-001")
    article = commander.get_by_role("article")
    expect(article).to_contain_text("91")
    expect(article).not_to_contain_text("92家")
    commander.get_by_role("link", name=says("Verify"), exact=True).click()
    expect(
        commander.get_by_text(
            says("The bulletin recomputes to the digit, from the same rows, and its text is unchanged.")
        )
    ).to_be_visible()
