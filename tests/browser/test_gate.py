"""The app at a gate, before a real camera: what is shown to it, what it says, and what it never loses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from tests.browser import camera, gate_process
from tests.browser.conftest import FLAGS, served
from tests.browser.gate_process import GateProcess, Worker
from tests.browser.people import PHONE, People
from tests.browser.screens import check_fits, check_readable
from tests.browser.serving import Site
from tests.browser.words import CHINESE, ENGLISH, Words
from tests.conftest import TEMPLATE
from tests.datong import Datong

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    pytest.mark.timeout(600),
]

SOON = 20_000
CODE = "23456789"


@pytest.fixture(scope="module")
def gate_site(
    chromium: str, django_db_setup: None, static_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, int]]:
    """The pages' server without any case in it, told where the gates' one will be."""
    nobody = Datong(TEMPLATE, tmp_path_factory.mktemp("home"), "")
    with gate_process.running() as (server, _process):
        port = server.server_port
    more = {"FUGONG_GATE_URL": f"http://127.0.0.1:{port}"}
    with served(nobody, static_files, tmp_path_factory.mktemp("gate"), "gate", more) as site:
        yield site, port


@pytest.fixture
def gate(gate_site: tuple[Site, int]) -> Iterator[GateProcess]:
    with gate_process.running(gate_site[1]) as (_server, process):
        yield process


Guards = Callable[..., Any]


@pytest.fixture
def guards(gate_site: tuple[Site, int], gate: GateProcess, chromium: str, tmp_path: Path) -> Guards:
    """Opens a guard's phone whose camera sees a film of these codes."""

    @contextmanager
    def opened(texts: list[str], *, language: str = CHINESE, shown: float = 1.5) -> Iterator[Guard]:
        film = camera.film(tmp_path / "film.mjpeg", texts or [""], shown=shown)
        with sync_playwright() as playwright:
            args = [*FLAGS, *camera.flags(film)]
            browser = playwright.chromium.launch(executable_path=chromium, args=args)
            people = People(browser, gate_site[0])
            guard = Guard(people, gate, language)
            yield guard
            guard.page.context.set_offline(False)
            browser.close()
            assert [said for said in people.complaints if gate.url not in said] == []

    return opened


class Guard:
    def __init__(self, people: People, gate: GateProcess, language: str) -> None:
        self.people, self.gate, self.says = people, gate, Words(language)
        self.page = people.window(size=PHONE, language=language)
        self.page.context.route("**/gate/app/pair/", self._pair)

    def pair(self) -> None:
        self.page.goto("/gate/app/")
        self.page.get_by_label(self.says("Code for pairing")).fill(CODE)
        self.page.locator("#pairing-form button").click()
        expect(self.page.get_by_role("heading", name=self.says("Gate and direction"))).to_be_visible()

    def stand(self, *, direction: str = "1", measure: bool = False) -> None:
        """Paired, at the first gate, with the camera on."""
        self.pair()
        expect(self.page.locator("#gate option")).to_have_count(2)
        self.page.locator(f"[name=direction][value='{direction}']").check()
        self.page.locator("#measure").set_checked(measure)
        self.page.locator("#choosing-form button.is-main").click()
        expect(self.page.locator("#scanning")).to_be_visible()

    def sees(self, answer: int, *sentences: str, by: str = "Answered by the server") -> None:
        box = self.page.locator("#answer")
        expect(box).to_have_attribute("data-answer", str(answer), timeout=SOON)
        for sentence in sentences:
            expect(box).to_contain_text(self.says(sentence), timeout=SOON)
        expect(box).to_contain_text(self.says(by), timeout=SOON)

    def types(self, code: str) -> None:
        """As a hardware scanner does."""
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")

    def cut(self) -> None:
        self.page.context.set_offline(True)

    def join(self) -> None:
        self.page.context.set_offline(False)

    def kept(self, count: int) -> None:
        text = self.says("Kept on this phone: {count}").format(count=count) if count else None
        expect(self.page.locator("#kept")).to_have_text(
            text or self.says("All is with the server"), timeout=SOON
        )

    def _pair(self, route: Route) -> None:
        told = {"token": gate_process.TOKEN, "label": "东门一号", "address": self.gate.url}
        is_good = json.loads(route.request.post_data or "{}") == {"code": CODE}
        route.fulfill(status=200 if is_good else 404, body=json.dumps(told if is_good else {}))


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_gate_when_codes_are_shown_to_the_camera_then_allowed_and_refused_with_the_reason(
    guards: Guards, gate: GateProcess, language: str
) -> None:
    wang, li = Worker("王*芳"), Worker("李*强", "red")
    gate.add(wang, li)
    with guards([wang.shows(), li.shows()], language=language, shown=3) as guard:
        guard.stand()
        guard.sees(1)
        expect(guard.page.locator("#answer-who")).to_contain_text("王*芳")
        expect(guard.page.locator("#inside")).to_have_text(guard.says("Inside: {count}").format(count=1))
        check_fits(guard.page)
        check_readable(guard.page)
        guard.sees(3, "The level of this person does not allow it.")
        expect(guard.page.locator("#answer-who")).to_contain_text("李*强")
        check_fits(guard.page)
        check_readable(guard.page)
    assert {scan["answer"] for scan in gate.scans.values()} == {1, 3}
    assert {scan["direction"] for scan in gate.scans.values()} == {1}
