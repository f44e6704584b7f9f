from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from fugong.passage.choices import Answer, Direction, Directions, GateKind, SubjectKind
from fugong.passage.models import Gate, PlaceNumber, ScanCount, Zone
from fugong.passage.operations.gates import add_zone, change_gate, close_gate, open_gate
from fugong.passage.queries.gates import (
    Passed,
    gates_of_enterprise,
    get_gate,
    list_gates,
    list_zones,
    matching,
    passed_today,
    place_numbers,
)
from fugong.passage.rules.gates import GateData
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.passage.registers import making
from tests.passage.registers.making import NOW, door, road
from tests.racing import at_once

DATA = GateData(name="东门", place="纬一路", directions=Directions.IN)


def test_open_gate_when_of_an_enterprise_numbers_it_and_the_enterprise(at):
    gate = open_gate(DATA, kind=GateKind.DOOR, enterprise_id=at.firm.id, actor=at.bo, now=NOW)
    assert (gate.number, gate.area_id, gate.directions, gate.recorded_by_name) == (1, at.park.id, "in", "Bo")
    assert place_numbers(at.authority.id) == {at.firm.id: 1}
    entry = AuditEntry.objects.get(action="passage.open_gate")
    assert (entry.changes["number"], entry.changes["name"]) == (1, "东门")


def test_open_gate_when_the_enterprise_has_a_number_gives_no_other(at):
    first, second = door(at.firm), door(at.firm, "西门")
    third = door(at.neighbour)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert place_numbers(at.authority.id) == {at.firm.id: 1, at.neighbour.id: 2}


def test_open_gate_when_two_open_at_once_gives_two_numbers(committed_db, settings, tmp_path):
    settings.FUGONG_HOME = tmp_path
    authority = accounts.authority()
    with acting_for(authority.id):
        firm = register.registered(register.park(authority))
    names = ["一号门", "二号门", "三号门", "四号门"]

    def opened(name):
        return lambda: door(firm, name).number

    assert sorted(at_once(*map(opened, names))) == [1, 2, 3, 4]
    with acting_for(authority.id), transaction.atomic():
        assert list(PlaceNumber.objects.values_list("number", flat=True)) == [1]


def test_open_gate_when_closed_ones_had_the_number_never_gives_it_anew(at):
    first = door(at.firm)
    close_gate(first.id, actor=at.bo, now=NOW)
    assert door(at.firm).number == 2


def test_open_gate_when_a_name_is_in_use_there_refuses_and_elsewhere_not(at):
    door(at.firm)
    with pytest.raises(Conflict) as refused:
        door(at.firm)
    assert "name" in refused.value.fields
    assert door(at.neighbour).name == "东门"
    road(at.park)
    with pytest.raises(Conflict):
        road(at.park)


@pytest.mark.parametrize("kind", [GateKind.ROAD, GateKind.VENUE])
def test_open_gate_when_an_enterprise_opens_what_is_the_authoritys_refuses(at, kind):
    with pytest.raises(NotPermitted):
        open_gate(DATA, kind=kind, area_id=at.park.id, actor=at.bo, now=NOW)
    assert open_gate(DATA, kind=kind, area_id=at.park.id, actor=at.ann, now=NOW).kind == kind


def test_open_gate_when_the_enterprise_opens_a_venue_of_its_own_refuses(at):
    with pytest.raises(NotPermitted):
        open_gate(DATA, kind=GateKind.VENUE, enterprise_id=at.firm.id, actor=at.bo, now=NOW)


def test_open_gate_when_not_permitted_or_not_there_refuses(at):
    stranger = making.keeper(at.other)
    with pytest.raises(NotFound):
        open_gate(DATA, kind=GateKind.DOOR, enterprise_id=at.firm.id, actor=stranger, now=NOW)
    with pytest.raises(NotPermitted):
        open_gate(DATA, kind=GateKind.ROAD, area_id=at.park.id, actor=stranger, now=NOW)
    without = making.contact(at.firm, without="passage.keep")
    with pytest.raises(NotPermitted):
        open_gate(DATA, kind=GateKind.DOOR, enterprise_id=at.firm.id, actor=without, now=NOW)
    with pytest.raises(NotFound):
        open_gate(DATA, kind=GateKind.ROAD, area_id=new_id(), actor=at.ann, now=NOW)
    assert not Gate.objects.exists()


@pytest.mark.parametrize(
    ("kind", "of_firm", "field"),
    [
        (GateKind.ROAD, True, "enterprise"),
        (GateKind.WORKSHOP, False, "enterprise"),
        (GateKind.ROAD, False, "area"),
    ],
)
def test_open_gate_without_its_ground_says_what_is_missing(at, kind, of_firm, field):
    firm = at.firm.id if of_firm else None
    with pytest.raises(Invalid) as refused:
        open_gate(DATA, kind=kind, enterprise_id=firm, actor=making.system(at), now=NOW)
    assert list(refused.value.fields) == [field]


def test_open_gate_when_the_playbook_does_not_know_the_rules_refuses(at):
    with pytest.raises(Invalid) as refused:
        door(at.firm, kind_of_rules="moon")
    assert list(refused.value.fields) == ["kind_of_rules"]


def test_open_gate_when_the_zone_is_anothers_refuses(at):
    zone = add_zone("厂区", enterprise_id=at.neighbour.id, actor=at.ann, now=NOW)
    with pytest.raises(Invalid) as refused:
        door(at.firm, zone_id=zone.id)
    assert list(refused.value.fields) == ["zone"]
    assert door(at.neighbour, zone_id=zone.id).zone_id == zone.id


def test_change_gate_when_something_changed_keeps_it_and_says_what(at):
    gate = door(at.firm)
    changed = change_gate(gate.id, replace(DATA, name="南门"), actor=at.bo, now=NOW)
    assert (changed.name, changed.place, changed.number) == ("南门", "纬一路", 1)
    entry = AuditEntry.objects.get(action="passage.change_gate")
    assert entry.changes == {"name": ["东门", "南门"], "place": ["", "纬一路"], "directions": ["both", "in"]}


def test_change_gate_when_not_permitted_not_there_or_closed_refuses(at):
    gate = door(at.firm)
    for actor in (making.keeper(at.other), making.contact(at.neighbour)):
        with pytest.raises(NotPermitted):
            change_gate(gate.id, DATA, actor=actor, now=NOW)
        with pytest.raises(NotPermitted):
            close_gate(gate.id, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        change_gate(new_id(), DATA, actor=at.bo, now=NOW)
    close_gate(gate.id, actor=at.bo, now=NOW)
    for act in (
        lambda: change_gate(gate.id, DATA, actor=at.bo, now=NOW),
        lambda: close_gate(gate.id, actor=at.bo, now=NOW),
    ):
        with pytest.raises(Conflict):
            act()


def test_add_zone_when_named_twice_or_not_at_all_refuses(at):
    add_zone(" 厂区 ", enterprise_id=at.firm.id, actor=at.bo, now=NOW)
    assert [zone.name for zone in list_zones(at.bo, at.firm.id)] == ["厂区"]
    with pytest.raises(Conflict):
        add_zone("厂区", enterprise_id=at.firm.id, actor=at.bo, now=NOW)
    for name in ("  ", "区" * 61):
        with pytest.raises(Invalid):
            add_zone(name, enterprise_id=at.firm.id, actor=at.bo, now=NOW)
    with pytest.raises(NotPermitted):
        add_zone("大区", actor=at.bo, now=NOW)
    assert Zone.objects.count() == 1


def test_list_gates_when_asked_by_each_shows_only_theirs(at):
    own, theirs, away, street = door(at.firm), door(at.neighbour), door(at.far), road(at.park)
    assert {gate.id for gate in list_gates(at.bo)} == {own.id}
    assert {gate.id for gate in list_gates(at.ann)} == {own.id, theirs.id, street.id}
    assert get_gate(at.ann, theirs.id).enterprise.name == at.neighbour.name
    with pytest.raises(NotFound):
        get_gate(at.bo, theirs.id)
    with pytest.raises(NotFound):
        get_gate(at.ann, away.id)


def test_gates_of_enterprise_when_one_is_closed_shows_the_others(at):
    shut, open_ = door(at.firm), door(at.firm, "西门")
    close_gate(shut.id, actor=at.bo, now=NOW)
    assert gates_of_enterprise(at.bo, at.firm.id) == [open_]


@pytest.mark.parametrize(
    ("text", "found"), [("东", 1), ("纬一", 2), ("2", 1), ("纬一 东", 1), ("北", 0), ("", 2)]
)
def test_matching_when_asked_finds_by_name_place_and_number(at, text, found):
    Enterprise.objects.filter(id=at.firm.id).update(name="甲厂")  # the made-up names have numbers
    door(at.firm, "东门", place="纬一路")
    door(at.firm, "西门", place="纬一路")
    assert matching(list_gates(at.bo), text).count() == found


def test_passed_today_when_counted_is_of_today_in_china(at):
    gate, other = door(at.firm), door(at.firm, "西门")
    midnight = NOW.replace(hour=0, minute=0)
    for hour, direction, answer, scans in (
        (midnight, Direction.IN, Answer.ALLOW, 5),
        (midnight + timedelta(hours=9), Direction.IN, Answer.ALLOW, 7),
        (midnight + timedelta(hours=9), Direction.OUT, Answer.ALLOW, 2),
        (midnight + timedelta(hours=9), Direction.OUT, Answer.STOP, 1),
        (midnight + timedelta(hours=9), Direction.IN, Answer.ASK, 3),
        (midnight - timedelta(hours=1), Direction.IN, Answer.ALLOW, 100),
        (midnight + timedelta(hours=24), Direction.IN, Answer.ALLOW, 100),
    ):
        ScanCount.objects.create(
            authority_id=at.authority.id,
            gate=gate.number,
            hour=hour,
            direction=direction,
            answer=answer,
            subject_kind=SubjectKind.PERSON,
            scans=scans,
        )
    counted = passed_today([gate.number, other.number], actor=at.bo, now=NOW)
    assert counted == {gate.number: Passed(12, 2, 1, 3), other.number: Passed()}
