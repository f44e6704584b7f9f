"""Buttons that ask before they act, in a real browser: asked, done, and shown as done.

A client of the tests sends no token and is not asked for one; a browser is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from fugong.accounts import queries as accounts
from fugong.accounts.models import User
from fugong.core.actor import system_actor
from fugong.enterprises.models import Enterprise
from fugong.passage.choices import DeviceKind, GateKind
from fugong.passage.models import CodeKey, Gate, VehiclePass, Visit
from fugong.passage.operations.devices import name_device
from fugong.passage.operations.gates import open_gate
from fugong.passage.operations.passes import issue_pass
from fugong.passage.operations.visits import invite
from fugong.passage.rules.gates import GateData
from fugong.passage.rules.guests import PassData, VisitData
from fugong.people.models import RegistrationCode
from tests.browser.inside import Inside
from tests.browser.people import PHONE, People
from tests.browser.serving import MORNING

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
GATE = "东门"
NOW = datetime.fromisoformat(MORNING)
WINDOW = {"starts_at": NOW, "ends_at": NOW + timedelta(days=2)}


def made() -> dict[str, UUID]:
    """One of each, on the ground of who keeps the gates."""
    keeper = accounts.actor_of(User.objects.get(username="park1"), now=NOW)
    area = min(keeper.reach("passage.keep").areas, key=str)
    system = system_actor(keeper.authority_id, "set-up")
    firm = Enterprise.objects.filter(area_id=area, left_on=None).order_by("id")[0]
    gate = open_gate(GateData(name=GATE), kind=GateKind.ROAD, area_id=area, actor=system, now=NOW)
    visit = VisitData("王芳", "李伟", "送货", **WINDOW)
    return {
        "gate": gate.id,
        "device": name_device("一号机", DeviceKind.PHONE, [gate.id], actor=system, now=NOW).device.id,
        "pass": issue_pass(
            PassData("皖Z90909", "送菜", **WINDOW), enterprise_id=firm.id, actor=system, now=NOW
        ).id,
        "visit": invite(firm.id, visit, actor=system, now=NOW).id,
    }


def ended() -> dict[str, int]:
    """How many have ended, of each kind."""
    return {
        "gates": Gate.objects.exclude(closed_at=None).count(),
        "visits": Visit.objects.exclude(cancelled_at=None).count(),
        "passes": VehiclePass.objects.exclude(cancelled_at=None).count(),
        "keys": CodeKey.objects.exclude(retired_at=None).count(),
        "posters": RegistrationCode.objects.exclude(closed_at=None).count(),
    }


def press(page: Page, action: str) -> None:
    page.locator(f"form[action='{action}'] button").click()
    dialog = page.locator("#confirm")
    expect(dialog).to_be_visible()
    with page.expect_navigation():
        dialog.locator("button[value=yes]").click()
    expect(page.locator("main")).to_be_visible()


def test_what_asks_first_is_done_when_the_answer_is_yes(people: People, asked: Inside) -> None:
    ids, before = asked(made), asked(ended)
    keeper = people.sign_in("park1", size=PHONE)
    for path, act in (
        (f"/gates/devices/{ids['device']}/", "pair/"),
        (f"/gates/visits/{ids['visit']}/", "cancel/"),
        (f"/gates/passes/{ids['pass']}/", "cancel/"),
        (f"/gates/{ids['gate']}/", "close/"),
    ):
        keeper.goto(path)
        press(keeper, path + act)
    administrator = people.sign_in("system")
    administrator.goto("/gates/keys/")
    press(administrator, "/gates/keys/")
    contact, poster = people.sign_in("firm103"), f"/people/poster/{asked(own_firm)}/"
    contact.goto(f"{poster}renew/")
    contact.locator("main form button").first.click()
    press(contact, f"{poster}close/")
    assert asked(ended) == {kind: number + 1 for kind, number in before.items()}


def own_firm() -> UUID:
    (firm,) = accounts.actor_of(User.objects.get(username="firm103"), now=NOW).enterprises
    return firm
