"""The app at a gate, before a real camera: what is shown to it, what it says, and what it never loses."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Route, expect, sync_playwright

from tests.browser import camera, gate_process
from tests.browser.conftest import FLAGS, served
from tests.browser.gate_process import GateProcess, Worker
from tests.browser.people import PHONE, People
from tests.browser.pictures import take
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

    def is_online(self) -> None:
        expect(self.page.locator("#network")).to_have_attribute("data-away", "false", timeout=SOON)

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
        page = guard.page
        take(page, "gate-allowed", guard.says, listens=True)
        expect(guard.page.locator("#answer-who")).to_contain_text("王*芳")
        expect(guard.page.locator("#inside")).to_have_text(guard.says("Inside: {count}").format(count=1))
        check_fits(guard.page)
        check_readable(guard.page)
        guard.sees(3, "The level of this person does not allow it.")
        expect(guard.page.locator("#answer-who")).to_contain_text("李*强")
        take(page, "gate-stopped", guard.says, listens=True)
        check_fits(guard.page)
        check_readable(guard.page)
    assert {scan["answer"] for scan in gate.scans.values()} == {1, 3}
    assert {scan["direction"] for scan in gate.scans.values()} == {1}


def test_gate_when_the_network_is_cut_for_fifty_scans_then_all_are_kept_and_stored_once_each(
    guards: Guards, gate: GateProcess
) -> None:
    people = [Worker(f"{number}号*", "red" if number % 5 == 0 else "green") for number in range(50)]
    gate.add(*people)
    with guards([]) as guard:
        guard.stand()
        guard.is_online()
        guard.cut()
        for number, person in enumerate(people):
            guard.types(person.shows())
            guard.sees(3 if number % 5 == 0 else 1, by="Answered by this phone")
            guard.kept(number + 1)
        assert gate.scans == {}
        guard.page.reload()
        guard.kept(50)
        guard.join()
        guard.kept(0)
        guard.is_online()
        expect(guard.page.locator("#conflicts")).to_have_text("")
    assert len(gate.scans) == 50
    assert sorted(scan["answer"] for scan in gate.scans.values()) == [1] * 40 + [3] * 10
    assert all(isinstance(scan["at"], int) for scan in gate.scans.values())
    assert len({scan["nonce"] for scan in gate.scans.values()}) == 50
    assert max(abs(scan["nonce"]) for scan in gate.scans.values()) > 2**53


def test_gate_when_the_answer_is_lost_then_the_phone_decides_and_the_scan_is_stored_once(
    guards: Guards, gate: GateProcess
) -> None:
    wang = Worker("王*芳")
    gate.add(wang)
    with guards([]) as guard:
        guard.stand()
        gate.swallows = 3
        guard.types(wang.shows())
        guard.sees(1, by="Answered by this phone")
        guard.kept(0)
    assert len(gate.received) > 1
    assert len(gate.scans) == 1


def test_gate_when_the_server_is_busy_then_the_phone_decides_and_sends_later(
    guards: Guards, gate: GateProcess
) -> None:
    wang = Worker("王*芳")
    gate.add(wang)
    with guards([]) as guard:
        guard.stand()
        gate.busy = 2
        guard.types(wang.shows())
        guard.sees(1, by="Answered by this phone")
        guard.kept(0)
    assert len(gate.scans) == 1


def test_gate_when_a_level_changes_while_the_page_is_open_then_the_next_answer_is_another_even_offline(
    guards: Guards, gate: GateProcess
) -> None:
    wang, li = Worker("王*芳"), Worker("李*强")
    gate.add(wang, li)
    with guards([]) as guard:
        guard.stand()
        guard.types(wang.shows())
        guard.sees(1)
        _until(guard.page, lambda: len(gate.streams) == 1)
        gate.change(wang, "red")
        gate.revoke(li)
        guard.page.wait_for_timeout(1500)
        guard.cut()
        guard.types(wang.shows())
        guard.sees(3, "The level of this person does not allow it.", by="Answered by this phone")
        guard.types(li.shows())
        guard.sees(3, "This code was withdrawn: its phone or card is lost.", by="Answered by this phone")


def test_gate_when_a_level_changes_just_before_it_listens_then_asks_again_and_knows_it_alone(
    guards: Guards, gate: GateProcess
) -> None:
    wang = Worker("王*芳")
    gate.add(wang)
    gate.before_a_stream.append(lambda: gate.change(wang, "red"))
    with guards([]) as guard:
        guard.stand()
        _until(guard.page, lambda: len(gate.streams) == 1)
        guard.page.wait_for_timeout(500)
        guard.cut()
        guard.types(wang.shows())
        guard.sees(3, "The level of this person does not allow it.", by="Answered by this phone")


def test_gate_when_the_server_would_have_answered_otherwise_then_it_is_shown_until_put_away(
    guards: Guards, gate: GateProcess
) -> None:
    wang, li = Worker("王*芳"), Worker("李*强")
    gate.add(wang, li)
    with guards([]) as guard:
        guard.stand()
        guard.types(li.shows())
        guard.sees(1)
        guard.cut()
        wang.level = "red"
        guard.types(wang.shows())
        guard.sees(1, by="Answered by this phone")
        guard.kept(1)
        guard.join()
        guard.kept(0)
        count = guard.says("To look at: {count}").format(count=1)
        expect(guard.page.locator("#conflicts")).to_have_text(count)
        guard.page.locator("#conflicts").click()
        shown = guard.page.locator("#apart li")
        expect(shown).to_contain_text("王*芳")
        expect(shown).to_contain_text(guard.says("The level of this person does not allow it."))
        check_fits(guard.page)
        check_readable(guard.page)
        shown.get_by_role("button").click()
        expect(guard.page.get_by_text(guard.says("There is nothing to look at."))).to_be_visible()
    assert len(gate.scans) == 2


def test_gate_when_the_device_is_not_known_any_more_then_it_says_so_and_sends_all_after_pairing_anew(
    guards: Guards, gate: GateProcess
) -> None:
    wang = Worker("王*芳")
    gate.add(wang)
    with guards([]) as guard:
        guard.stand()
        guard.cut()
        guard.types(wang.shows())
        guard.kept(1)
        gate.knows_device = False
        guard.join()
        told = guard.says("This phone is not known any more. Pair it again; what is kept on it is sent then.")
        expect(guard.page.get_by_role("alert")).to_have_text(told, timeout=SOON)
        assert guard.page.evaluate(_ask_store("things", "getAllKeys")) == []
        assert len(guard.page.evaluate(_ask_store("kept", "getAll"))) == 1
        gate.knows_device = True
        guard.stand()
        guard.kept(0)
    assert len(gate.scans) == 1


def test_gate_when_a_picture_or_a_forgery_is_shown_then_stopped_online_and_offline(
    guards: Guards, gate: GateProcess
) -> None:
    wang = Worker("王*芳")
    gate.add(wang)
    forger = gate_process.Ed25519PrivateKey.from_private_bytes(b"\x33" * 32)
    with guards([]) as guard:
        guard.stand()
        old = wang.shows(age=timedelta(minutes=5))
        for by in ("Answered by the server", "Answered by this phone"):
            guard.types(old)
            guard.sees(3, "This code is some minutes old: it may be a picture.", by=by)
            guard.types("https://example.org/v/poster")
            guard.sees(3, "This is not a health code.", by=by)
            guard.cut()
        guard.types(wang.shows(by=forger))
        guard.sees(3, "This code has been altered.", by="Answered by this phone")


def test_gate_when_the_clock_of_the_phone_is_wrong_then_the_server_s_counts(
    guards: Guards, gate: GateProcess
) -> None:
    """Ten minutes behind, as phones without a network are."""
    wang = Worker("王*芳")
    gate.add(wang)
    with guards([]) as guard:
        behind = gate_process.now() - timedelta(minutes=10)
        guard.page.clock.install(time=behind)
        guard.stand()
        guard.is_online()
        guard.types(wang.shows())
        guard.sees(1)
        guard.cut()
        guard.types(wang.shows())
        guard.sees(1, by="Answered by this phone")
    assert gate.scans
    for scan in gate.scans.values():
        assert abs(scan["at"] / 1_000_000 - gate_process.now().timestamp()) < 60


def test_gate_when_somebody_is_measured_then_the_temperature_decides_and_going_through_is_recorded(
    guards: Guards, gate: GateProcess
) -> None:
    wang = Worker("王*芳")
    gate.add(wang)
    with guards([]) as guard:
        guard.stand(measure=True)
        guard.types(wang.shows())
        expect(guard.page.locator("#measuring")).to_be_visible()
        for key in "384":
            guard.page.locator("#keys").get_by_role("button", name=key, exact=True).click()
        guard.sees(3, "The temperature is at the limit or above.")
        check_readable(guard.page)
        guard.page.get_by_role("button", name=guard.says("Went through all the same")).click()
        guard.page.locator("#forcing button[value=yes]").click()
        expect(guard.page.get_by_text(guard.says("Recorded: went through all the same."))).to_be_visible()
        guard.page.locator("#scanning [data-goes=choosing]").click()
        guard.page.locator("[name=direction][value='2']").check()
        guard.page.locator("#choosing-form button.is-main").click()
        guard.types(wang.shows())
        guard.page.locator("#measured-without").click()
        guard.sees(1)
    told = [(scan["temperature"], scan["is_forced"], scan["direction"]) for scan in gate.scans.values()]
    assert told == [(384, False, 1), (384, True, 1), (None, False, 2)]


def test_gate_when_the_playbook_has_nobody_measured_then_the_guard_is_not_asked_for_it(
    guards: Guards, gate: GateProcess
) -> None:
    wang, gate.measures = Worker("王*芳"), "no"
    gate.add(wang)
    with guards([]) as guard:
        guard.pair()
        expect(guard.page.locator("#gate option")).to_have_count(2)
        expect(guard.page.locator("#measure-line")).to_be_hidden()
        guard.page.locator("#choosing-form button.is-main").click()
        guard.types(wang.shows())
        guard.sees(1)
    assert [scan["temperature"] for scan in gate.scans.values()] == [None]


def test_gate_when_tested_before_the_shift_then_says_what_it_has_and_opens_without_a_network(
    guards: Guards, gate: GateProcess
) -> None:
    wang = Worker("王*芳")
    gate.add(wang)
    with guards([wang.shows()], shown=3) as guard:
        guard.pair()
        expect(guard.page.locator("#gate option")).to_have_count(2)
        guard.page.get_by_role("button", name=guard.says("Before the shift")).click()
        expect(guard.page.locator("#check-whole")).to_have_text(guard.says("Ready offline"), timeout=SOON)
        check_fits(guard.page)
        check_readable(guard.page)
        guard.page.locator("#checking [data-goes=choosing]").click()
        guard.page.locator("#measure").set_checked(False)
        guard.page.locator("#choosing-form button.is-main").click()
        guard.cut()
        guard.page.reload()
        guard.sees(1, by="Answered by this phone")


def test_gate_when_refused_then_the_reason_is_one_tap_away(guards: Guards, gate: GateProcess) -> None:
    li = Worker("李*强", "red")
    gate.add(li)
    with guards([]) as guard:
        guard.stand()
        guard.types(li.shows())
        guard.sees(3)
        guard.page.get_by_role("button", name=guard.says("Why? For the person")).click()
        code = guard.page.locator("#why")
        expect(code).to_be_visible()
        guard.page.wait_for_function(
            "image => image.complete && image.naturalWidth", arg=code.element_handle()
        )
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(guard.page.screenshot())).convert("L"))
        assert found.text.endswith("/me/")
        check_readable(guard.page)


def test_pairing_when_the_code_is_not_good_then_says_so_and_by_the_camera_it_works_too(
    guards: Guards, gate: GateProcess
) -> None:
    with guards(["", "", "https://park.example/gate/app/#" + CODE]) as guard:
        guard.page.goto("/gate/app/")
        guard.page.get_by_label(guard.says("Code for pairing")).fill("ABCDEFGH")
        guard.page.locator("#pairing-form button").click()
        refused = guard.says("This code is not good (any more). Ask the office for a new one.")
        expect(guard.page.get_by_role("alert")).to_have_text(refused)
        check_fits(guard.page)
        check_readable(guard.page)
        heading = guard.page.get_by_role("heading", name=guard.says("Gate and direction"))
        expect(heading).to_be_visible(timeout=SOON)


def _until(page: Page, is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It did not come to that.")


def _ask_store(name: str, what: str) -> str:
    """What the phone's own store holds, asked beside the page."""
    return f"""() => new Promise(resolve => {{
      const opening = indexedDB.open("fugong-gate");
      opening.onsuccess = () => {{
        const asking = opening.result.transaction("{name}").objectStore("{name}").{what}();
        asking.onsuccess = () => {{ opening.result.close(); resolve(asking.result); }};
      }};
    }})"""


def test_gate_when_the_server_cannot_take_one_scan_then_it_alone_is_set_apart(
    guards: Guards, gate: GateProcess
) -> None:
    """Something a later version of the app, or a broken one, has left behind must not hold up the others."""
    wang = Worker("王*芳")
    gate.add(wang)
    with guards([]) as guard:
        guard.stand()
        guard.cut()
        at = int(gate_process.now().timestamp() * 1_000_000)
        scan = {"gate": 1, "at": at, "code": wang.shows(), "temperature": None, "answer": 1, "reason": 0}
        scan |= {"is_forced": False, "direction": 1}
        odd = [{**scan, "nonce": "11", "direction": 9}, {**scan, "nonce": "-9223372036854775808"}]
        guard.page.evaluate(KEEP, odd)
        guard.page.reload()
        guard.kept(2)
        guard.join()
        guard.kept(0)
        guard.page.locator("#conflicts").click()
        expect(guard.page.locator("#apart li")).to_have_count(1)
        expect(guard.page.locator("#apart li")).to_contain_text("Send tenths of a degree.")
    assert [scan["nonce"] for scan in gate.scans.values()] == [-(2**63)]


KEEP = """scans => new Promise(resolve => {
  const opening = indexedDB.open("fugong-gate");
  opening.onsuccess = () => {
    const writing = opening.result.transaction("kept", "readwrite");
    for (const scan of scans) writing.objectStore("kept").put(scan);
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""
