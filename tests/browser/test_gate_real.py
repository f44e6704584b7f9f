"""The whole path with no part of it played: camera, app, gate process, database."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from fugong.passage.choices import Answer, Flag, Reason
from tests.browser import camera, gate_story
from tests.browser.conftest import FLAGS
from tests.browser.people import PHONE, People
from tests.browser.serving import MORNING, Site
from tests.browser.words import CHINESE, Words

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
SOON = 20_000
SAYS = Words(CHINESE)


def test_gate_when_served_for_real_then_pairs_reads_answers_decides_alone_and_stores_all(
    site: Site, chromium: str, tmp_path: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        story = gate_story.told(site)
    green = story.people["green"]
    film = camera.film(tmp_path / "film.mjpeg", ["", green.shows(_now(site))], shown=4)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *camera.flags(film)])
        people = People(browser, site)
        page = people.window(size=PHONE)
        page.goto(f"/gate/app/#pair={story.pairing}")
        expect(page.get_by_role("heading", name=SAYS("Gate and direction"))).to_be_visible(timeout=SOON)
        expect(page.locator("#gate option")).to_have_text([story.gate])
        page.locator("#measure").set_checked(False)
        page.locator("#choosing-form button.is-main").click()
        _sees(page, Answer.ALLOW, by="Answered by the server")
        expect(page.locator("#answer-who")).to_contain_text(green.name[0])
        expect(page.locator("#answer-who")).not_to_contain_text(green.name)
        _type(page, "FG1.nothing")
        _sees(page, Answer.STOP, by="Answered by the server")
        others = [each for level, each in story.people.items() if level != "green"]
        for each in others:
            _type(page, each.shows(_now(site)))
            expect(page.locator("#answer-who")).to_contain_text(each.name[0], timeout=SOON)
        page.context.set_offline(True)
        _type(page, green.shows(_now(site)))
        _sees(page, Answer.ALLOW, by="Answered by this phone")
        for each in others:
            before = page.locator("#kept").inner_text()
            _type(page, each.shows(_now(site)))
            expect(page.locator("#kept")).not_to_have_text(before, timeout=SOON)
        page.context.set_offline(False)
        expect(page.locator("#kept")).to_have_text(SAYS("All is with the server"), timeout=60_000)
        expect(page.locator("#conflicts")).to_have_text("")
        elsewhere = [said for said in people.complaints if "asked elsewhere" not in said]
        browser.close()
        assert [said for said in elsewhere if "ERR_INTERNET_DISCONNECTED" not in said] == []
    with django_db_blocker.unblock():
        rows = gate_story.stored(site, story.authority)
    assert (Answer.ALLOW, Reason.FREE, 1, 0, True) in rows
    assert (Answer.STOP, Reason.MALFORMED, 1, 0, False) in rows
    alone = [row for row in rows if row[3] & Flag.DECIDED_OFFLINE]
    assert len(alone) >= 1 + len(others)
    assert (Answer.ALLOW, Reason.FREE, 1, Flag.DECIDED_OFFLINE, True) in alone
    assert [row for row in rows if row[3] & Flag.CONFLICT] == []
    asked = [row[:2] for row in rows if not row[3] and row[4] and row[0] != Answer.ALLOW]
    assert asked == [row[:2] for row in alone if row[0] != Answer.ALLOW]


def _now(site: Site) -> datetime:
    """By the clock of the case, which runs."""
    since = time.time() - int(site.clock_anchor)
    return datetime.fromisoformat(MORNING) + timedelta(seconds=since)


def _type(page: Page, code: str) -> None:
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def _sees(page: Page, answer: Answer, *, by: str) -> None:
    box = page.locator("#answer")
    expect(box).to_have_attribute("data-answer", str(int(answer)), timeout=SOON)
    expect(box).to_contain_text(SAYS(by), timeout=SOON)
