"""Every vehicle of the Heyuan case, sent by four desks to the public address, one day after the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import override_settings

from fugong.core.actor import system_actor
from fugong.core.clock import end_of
from fugong.core.tenancy import acting_for
from fugong.passage.choices import DeviceKind, GateKind
from fugong.passage.models import Crossing, Scan
from fugong.passage.operations import MOST_AT_ONCE, GateData, name_device, open_gate, pair
from fugong.passage.queries.roads import road_totals
from fugong.scenarios.opening import open_scenario
from fugong.scenarios.reading import Act
from fugong.scenarios.roads import read_crossing
from tests.passage.desks import post_crossings
from tests.support.making import Place, place

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
STORY = open_scenario("heyuan")
EVENINGS = [act for act in STORY.acts if act.what == "cross"]


def desks(here: Place) -> list[tuple[int, str]]:
    """The gates' numbers and the devices' tokens, in the story's order."""
    system, now = system_actor(here.authority.id, "set-up"), EVENINGS[0].at
    found = []
    for name in STORY.head["made"]["checkpoints"]["names"]:
        gate = open_gate(
            GateData(name),
            kind=GateKind.ROAD,
            area_id=here.park.id,
            actor=system,
            now=now,
        )
        named = name_device(name, DeviceKind.DESK, [gate.id], actor=system, now=now)
        found.append((gate.number, pair(named.pairing, now=now).token))
    return found


def sent(act: Act, gate: int) -> list[dict[str, Any]]:
    read = [read_crossing(text, gate, act.at) for text in act.detail["crossings"].split(";")]
    return [
        {
            "gate": gate,
            "at": round(each.at.timestamp()) * 1_000_000,
            "nonce": each.nonce,
            "plate": each.plate,
            "people": each.people,
            "origin": each.origin,
        }
        for each in read
    ]


def send(act: Act, gate: int, token: str) -> None:
    rows = sent(act, gate)
    for first in range(0, len(rows), MOST_AT_ONCE):
        batch = rows[first : first + MOST_AT_ONCE]
        with override_settings(FUGONG_CLOCK=act.at):
            answer = post_crossings({"crossings": batch}, token)
        assert answer.status_code == 200, answer.content
        told = answer.json()["crossings"]
        assert len(told) == len(batch)
        assert not any(each.get("fields") or each["was_known"] for each in told)


def test_the_vehicles_and_people_of_four_checkpoints_come_in_by_the_public_address():
    """The report's nine thousand-odd vehicles and thirteen thousand-odd people (C-19)."""
    here = place()
    with acting_for(here.authority.id):
        found = desks(here)
    for act in EVENINGS:
        send(act, *found[int(act.detail["gate"])])
    with acting_for(here.authority.id):
        gates, end = [gate for gate, _token in found], end_of(date(2020, 3, 5))
        totals = road_totals(gates, authority_id=here.authority.id, until=end)
        assert (Crossing.objects.count(), Scan.objects.count()) == (9120, 9120 + 13_280)
    assert sum(each.vehicles for each in totals.values()) == 9120
    assert sum(each.people for each in totals.values()) == 13_280
    assert len(totals) == 4
    assert all(each.vehicles for each in totals.values())
