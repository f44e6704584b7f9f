"""The parts in a real browser, under the real content policy: by mouse, by keyboard, on a phone."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools import system

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# What a finger must hit; text links inside sentences are exempt, as in WCAG 2.5.8.
TARGETS = (
    "button, summary, select, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), .form-check"
)


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def site(settings: Any, socket_enabled: None) -> Iterator[str]:
    settings.DEBUG = True  # static files straight from the source
    settings.MIDDLEWARE = [
        "fugong.core.web.middleware.SafeHeaders",
        "django.middleware.locale.LocaleMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ]
    server = make_server("127.0.0.1", 0, get_wsgi_application(), WSGIServer, Silent)

    def serve() -> None:
        try:
            server.serve_forever()
        finally:
            connections.close_all()  # this thread's own

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    program = system.find_chromium()
    assert program, system.WHAT_TO_DO
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield opened
        opened.close()


def opened(browser: Browser, site: str, address: str, size: dict[str, int] = DESK) -> tuple[Page, list[str]]:
    """A page in English, and the list that its complaints (of the content policy too) will fill."""
    phone = size is PHONE
    context = browser.new_context(viewport=size, has_touch=phone, is_mobile=phone)  # type: ignore[arg-type]
    context.add_cookies([{"name": "fugong_language", "value": "en", "url": site}])
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site}{address}")
    return page, complaints


def test_table_answers_in_place_and_the_address_follows(browser: Browser, site: str) -> None:
    page, complaints = opened(browser, site, "/style/")
    page.evaluate("window.stayed = true")
    names = page.locator(".data-table tbody th")
    everything = names.count()
    page.fill("#table-kinds-q", "session")
    page.wait_for_url("**/style/?q=session")
    assert all("session" in name for name in names.all_inner_texts())
    assert page.inner_text("#live").endswith(("row", "rows"))
    assert page.evaluate("document.activeElement.id") == "table-kinds-q"
    page.fill("#table-kinds-q", "")
    page.wait_for_url("**/style/")
    page.click("summary:has-text('Context')")
    page.check("input[value=auth]")
    page.wait_for_url("**/style/?app=auth")
    assert 0 < names.count() < everything
    page.keyboard.press("Escape")
    assert not page.locator("details.filter[open]").count()
    page.focus("thead a:has-text('Number')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/style/?app=auth&sort=number")
    assert page.locator("th[aria-sort=ascending]").inner_text().strip() == "Number"
    assert page.evaluate("window.stayed")
    page.go_back()
    page.wait_for_url("**/style/?app=auth")
    assert page.is_checked("input[value=auth]")
    assert complaints == []


def test_table_without_script_sorts_filters_and_searches(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/style/")
    page.click("details.filter summary")
    page.check("input[value=auth]")
    page.press("#table-kinds-q", "Enter")
    assert "app=auth" in page.url
    page.click("thead th:nth-child(4) a")
    assert "sort=number" in page.url
    assert "app=auth" in page.url


def test_question_is_asked_before_an_act(browser: Browser, site: str) -> None:
    page, complaints = opened(browser, site, "/echo/")
    page.click("text=Refuse")
    assert page.inner_text("#confirm-text") == "Really refuse?"
    page.keyboard.press("Escape")
    assert page.locator("#confirm").is_hidden()
    assert page.url.endswith("/echo/")
    assert page.locator("#send").is_visible()
    page.click("text=Refuse")
    page.click("#confirm button[value=yes]")
    page.wait_for_selector("#sent")
    assert "_once" in json.loads(page.inner_text("#sent"))
    assert complaints == []


def test_photo_is_shown_and_a_large_one_refused_before_it_is_sent(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    page, complaints = opened(browser, site, "/echo/", PHONE)
    Image.new("RGB", (1200, 800)).save(tmp_path / "small.jpg")
    (tmp_path / "large.jpg").write_bytes(b"\xff\xd8" + b"0" * 200_000)
    page.set_input_files("#photos", [tmp_path / "small.jpg"])
    page.wait_for_selector(".upload-list canvas")
    page.set_input_files("#photos", [tmp_path / "large.jpg"])
    page.click("#send")
    assert "large.jpg" in page.evaluate("document.getElementById('photos').validationMessage")
    assert page.locator("#send").is_visible()
    assert complaints == []


def test_signature_is_sent_as_a_picture(browser: Browser, site: str) -> None:
    page, complaints = opened(browser, site, "/echo/", PHONE)
    pad = page.locator("[data-signature] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 120, steps=8)
    page.mouse.up()
    page.click("#send")
    page.wait_for_selector("#sent")
    kind, _comma, data = json.loads(page.inner_text("#sent"))["signature"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert complaints == []


def test_answer_that_fails_is_said_among_the_messages(browser: Browser, site: str) -> None:
    page, _complaints = opened(browser, site, "/echo/")
    page.click("#missing")
    page.wait_for_selector("#messages .notice")
    assert page.inner_text("#messages").strip()
    assert page.locator("#send").is_visible()


def test_phone_page_fits_and_its_targets_are_for_fingers(browser: Browser, site: str) -> None:
    page, complaints = opened(browser, site, "/style/", PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    small = []
    for target in page.locator(TARGETS).all():
        box = target.bounding_box()
        if box and box["width"] > 1 and box["height"] < 40:
            small.append((target.inner_text(), box["height"]))
    assert small == []
    assert complaints == []
