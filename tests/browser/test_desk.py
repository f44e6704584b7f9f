"""The desk of a checkpoint with the network cut: no car is lost or stored twice, each has its own time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from fugong.accounts import queries as accounts
from fugong.accounts.models import User
from fugong.core.actor import system_actor
from fugong.passage.choices import Answer, Flag, GateKind, SubjectKind
from fugong.passage.models import Crossing, Scan
from fugong.passage.operations.gates import open_gate
from fugong.passage.rules.gates import GateData
from tests.browser.inside import Inside
from tests.browser.people import PHONE, People
from tests.browser.serving import MORNING
from tests.browser.words import CHINESE, Words

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
GUARD = "park1"
SAYS = Words(CHINESE)
MORNING_AT = datetime.fromisoformat(MORNING)
# What the browser and htmx say of a request that came to nothing.
CUT = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|htmx:|fetching the script"
ALONE = SAYS("No answer from the server. Go by the pass and the papers: {plate} is kept on this phone.")


@pytest.fixture
def desk_path(asked: Inside) -> str:
    """Of a checkpoint on the guard's ground."""

    def opened() -> UUID:
        guard = accounts.actor_of(User.objects.get(username=GUARD), now=MORNING_AT)
        area = min(guard.reach("passage.guard").areas, key=str)
        actor = system_actor(guard.authority_id, "set-up")
        data = GateData(name="高速路口卡点")
        return open_gate(data, kind=GateKind.ROAD, area_id=area, actor=actor, now=MORNING_AT).id

    return f"/passages/desk/{asked(opened)}/"


@pytest.fixture
def desk(people: People, desk_path: str) -> Page:
    page = people.sign_in(GUARD, size=PHONE)
    page.goto(desk_path)
    return page


def crossings() -> list[Any]:
    return list(Crossing.objects.order_by("at").values_list("plate", "answer", "at"))


def decided_alone() -> list[bool]:
    cars = Scan.objects.filter(subject_kind=SubjectKind.VEHICLE).order_by("at")
    return [bool(flags & Flag.DECIDED_OFFLINE) for flags in cars.values_list("flags", flat=True)]


def send(page: Page, plate: str, *, name: str = "") -> None:
    page.locator("input[name=plate]").fill(plate)
    page.locator("input[name=name_0]").fill(name)
    page.locator(".desk-send").click()


def kept(page: Page, number: int) -> None:
    place = page.locator("#desk-waiting")
    if not number:
        expect(place).to_be_hidden(timeout=40_000)
        return
    message = "Kept on this phone: {number} vehicles. They are sent by themselves once the network is back."
    expect(place).to_contain_text(SAYS(message).replace("{number}", str(number)))


def test_desk_when_the_network_is_cut_then_keeps_each_car_at_its_time_and_sends_it_once(
    desk: Page, people: People, asked: Inside
) -> None:
    send(desk, "皖D00001", name="张三")
    expect(desk.locator(".desk-big")).to_be_visible()
    desk.context.set_offline(True)
    for number in (2, 3):
        desk.wait_for_timeout(2_000)
        send(desk, f"皖D0000{number}", name="李四")
        expect(desk.locator("#desk-waiting")).to_contain_text(ALONE.replace("{plate}", f"皖D0000{number}"))
        # Nothing large is left of the car before.
        expect(desk.locator(".desk-answer")).to_have_count(1)
        expect(desk.locator(".desk-answer")).to_contain_text(f"皖D0000{number}")
        expect(desk.locator("input[name=plate]")).to_have_value("")
        expect(desk.locator("input[name=name_0]")).to_have_value("")
        kept(desk, number - 1)
    desk.context.set_offline(False)
    kept(desk, 0)
    rows = asked(crossings)
    assert [row[0] for row in rows] == ["皖D00001", "皖D00002", "皖D00003"]
    assert asked(decided_alone) == [False, True, True]
    assert {row[1] for row in rows[1:]} == {Answer.ASK}
    assert rows[2][2] - rows[1][2] >= timedelta(seconds=2)
    lost = swallow_one_answer(desk)
    send(desk, "皖D00004")
    kept(desk, 1)
    assert lost == [200]
    kept(desk, 0)
    assert [row[0] for row in asked(crossings)][3:] == ["皖D00004"]
    people.forgive(CUT)


def swallow_one_answer(page: Page) -> list[int]:
    """The server has done what it was asked, and nobody hears of it. The status of that answer."""
    lost: list[int] = []

    def swallow(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/passages/desk/**", swallow)
    return lost


def test_desk_when_a_kept_car_cannot_be_taken_or_the_guard_is_signed_out_then_says_so_and_loses_none(
    desk: Page, desk_path: str, people: People, asked: Inside
) -> None:
    desk.context.set_offline(True)
    send(desk, "XX")
    kept(desk, 1)
    desk.context.set_offline(False)
    place = desk.locator("#desk-waiting")
    expect(place).to_contain_text("XX ·", timeout=40_000)
    place.get_by_role("button", name=SAYS("Correct")).click()
    expect(desk.locator("input[name=plate]")).to_have_value("XX")
    before = desk.locator("input[name=at]").input_value()
    # Closed in the middle of it, it is still there; so it is when the correction will not do either.
    desk.reload()
    place.get_by_role("button", name=SAYS("Correct")).click()
    place.get_by_role("button", name=SAYS("Not now")).click()
    expect(desk.locator("input[name=plate]")).to_have_value("")
    place.get_by_role("button", name=SAYS("Correct")).click()
    send(desk, "YY")
    expect(desk.locator("form.desk .field-error")).to_be_visible()
    expect(place).to_contain_text("XX ·")
    send(desk, "皖D00008")
    expect(desk.locator(".desk-big")).to_be_visible()
    expect(place).to_be_hidden()
    ((_plate, _answer, at),) = asked(crossings)
    assert int(at.timestamp()) == int(before) // 1_000_000
    desk.context.set_offline(True)
    send(desk, "皖D00009")
    kept(desk, 1)
    desk.context.clear_cookies(name="sessionid")
    desk.context.set_offline(False)
    message = "You are signed out. Sign in again: what is kept here stays, and is sent then."
    expect(place).to_contain_text(SAYS(message), timeout=40_000)
    send(desk, "皖D00010")
    kept(desk, 2)
    people.enter(desk, GUARD)
    with desk.expect_response(lambda answer: "D00010" in (answer.request.post_data or "")):
        desk.goto(desk_path)
    kept(desk, 0)
    assert [row[0] for row in asked(crossings)] == ["皖D00008", "皖D00009", "皖D00010"]
    people.forgive(CUT)


def test_desk_when_opened_without_a_network_then_takes_cars_each_at_its_time(
    desk: Page, people: People, asked: Inside
) -> None:
    """The phone was put out in the meantime: the page that it kept is of another hour and another car."""
    send(desk, "皖D00011")
    expect(desk.locator(".desk-big")).to_be_visible()
    expect(desk.locator("#desk-waiting")).to_have_attribute("data-is-kept", "", timeout=20_000)
    desk.wait_for_timeout(5_000)
    desk.context.set_offline(True)
    for number in (2, 3):
        desk.reload()
        expect(desk.locator("html")).to_have_attribute("data-is-copy", "")
        send(desk, f"皖D0001{number}")
        kept(desk, number - 1)
    desk.context.set_offline(False)
    kept(desk, 0)
    rows = asked(crossings)
    assert [row[0] for row in rows] == ["皖D00011", "皖D00012", "皖D00013"]
    assert timedelta(seconds=5) <= rows[1][2] - rows[0][2] < timedelta(seconds=60)
    people.forgive(CUT)
