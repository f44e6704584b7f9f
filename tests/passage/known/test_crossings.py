"""Every car, every person: answered by the strictest, kept once, counted right."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Invalid
from fugong.core.tenancy import acting_for
from fugong.passage.choices import Answer, Direction, Flag, Reason, SubjectKind, Way
from fugong.passage.models import Crossing, GateDevice, Scan, ScanCount, VehiclePass
from fugong.passage.operations.crossings import record_crossings
from fugong.passage.queries.crossings import DeskAt
from fugong.passage.rules.crossings import CrossingData, Traveller
from tests.passage.desks import post_crossings
from tests.passage.known.making import NOW, clock
from tests.people import making as people

TOKEN = "desk-token-of-the-test"


def desk(at, *more):
    return DeskAt(new_id(), at.authority.id, frozenset({at.road.number, *more}))


def crossing(ground, nonce=1, **changes):
    plain = CrossingData(gate=ground.road.number, at=clock("08:30"), nonce=nonce, plate="皖D12345")
    return replace(plain, **changes)


def record(at, *sent, now=NOW):
    return record_crossings(sent, desk(at), now=now)


def passed(at, plate="皖D12345", **changes):
    plain = {
        "authority": at.authority,
        "serial": 1,
        "plate": plate,
        "plate_kind": "ordinary",
        "purpose": "物资",
        "starts_at": NOW - timedelta(days=1),
        "ends_at": NOW + timedelta(days=1),
        "recorded_at": NOW,
    }
    return VehiclePass.objects.create(**(plain | changes))


def test_a_vehicle_with_three_people_then_leaves_four_scans_and_the_counts_say_so(at):
    (told,) = record(at, crossing(at, people=3))
    assert (told.answer, len(told.people)) == (Answer.ASK, 3)
    scans = list(Scan.objects.order_by("nonce").values_list("nonce", "way", "subject_kind"))
    assert scans[0] == (1, Way.PLATE, SubjectKind.VEHICLE)
    assert scans[1:] == [(n, Way.BY_HAND, SubjectKind.UNKNOWN) for n in (2, 3, 4)]
    counts = {row.subject_kind: row.scans for row in ScanCount.objects.all()}
    assert counts == {SubjectKind.VEHICLE: 1, SubjectKind.UNKNOWN: 3}
    assert (Crossing.objects.get().people, ScanCount.objects.first().hour) == (3, clock("08:00"))


def test_a_crossing_when_sent_again_and_again_then_is_kept_once_with_the_same_answer(at):
    first = record(at, crossing(at, people=2))
    again = record(at, crossing(at, people=2), crossing(at, nonce=50), crossing(at, nonce=50))
    assert [(each.answer, each.was_known) for each in again] == [
        (first[0].answer, True),
        (Answer.ASK, False),
        (Answer.ASK, False),
    ]
    assert record(at, crossing(at, people=2))[0].was_known
    assert Crossing.objects.count() == 2
    assert Scan.objects.count() == 3 + 2
    assert sum(ScanCount.objects.values_list("scans", flat=True)) == 5
    assert AuditEntry.objects.filter(action="passage.record_crossings").count() == 2


def test_the_pass_found_by_the_plate_then_counts_and_ends_when_it_ends(at):
    at.road.kind_of_rules = ""
    held = passed(at, starts_at=NOW - timedelta(days=9), ends_at=clock("08:30"))
    record(at, crossing(at, plate=" 皖d·12345 "))
    row = Crossing.objects.get()
    assert (row.plate, row.vehicle_pass_id, row.reason) == ("皖D12345", held.id, Reason.NO_PASS)
    assert Scan.objects.filter(subject=held.id, subject_kind=SubjectKind.VEHICLE).count() == 1


def test_somebody_on_file_then_is_known_by_the_document_and_anybody_else_taken_down_sealed(at):
    number = people.resident_id()
    worker = people.registered(at.firm, name="孙丽", document=number)
    sent = crossing(
        at, people=2, travellers=(Traveller(document=number), Traveller(name="过客", document="E12345678"))
    )
    record(at, sent)
    scans = Scan.objects.order_by("nonce").values_list("way", "subject")
    assert list(scans)[1:] == [(Way.NUMBER, worker.id), (Way.NUMBER, None)]
    row = Crossing.objects.get()
    assert json.loads(str(row.travellers))[1] == {"name": "过客", "document": "E12345678"}
    with connection.cursor() as cursor:
        cursor.execute("select travellers::text from passage_crossing")
        assert "E12345678" not in cursor.fetchone()[0]


def test_a_code_that_is_none_then_stops_the_whole_vehicle(at):
    (told,) = record(at, crossing(at, travellers=(Traveller(code="FG1.nonsense"),)))
    assert (told.answer, told.reason) == (Answer.STOP, Reason.MALFORMED)


def test_a_crossing_that_cannot_be_taken_then_says_so_and_fails_no_other(at):
    wrong, other = crossing(at, plate="X"), crossing(at, nonce=9, gate=at.east.number)
    told = record(at, wrong, crossing(at, nonce=5), other)
    assert ["plate" in told[0].fields, told[1].answer, "gate" in told[2].fields] == [True, Answer.ASK, True]
    assert Crossing.objects.count() == 1


def test_a_crossing_with_a_wrong_clock_then_is_kept_when_received_and_still_once(at):
    late = crossing(at, at=NOW - timedelta(days=40))
    record(at, late)
    told = record(at, late, now=NOW + timedelta(minutes=3))
    assert told[0].was_known
    row = Scan.objects.earliest("nonce")
    assert (row.at, row.flags & Flag.MISDATED) == (NOW, Flag.MISDATED)
    assert Crossing.objects.count() == 1


def test_what_the_desk_decided_without_a_network_then_stands_and_the_difference_is_marked(at):
    (told,) = record(at, crossing(at, answer=Answer.ALLOW, reason=0))
    assert told.answer == Answer.ALLOW
    flags = set(Scan.objects.values_list("flags", flat=True))
    assert flags == {Flag.DECIDED_OFFLINE | Flag.CONFLICT}


def test_a_closed_gate_then_stops(at):
    at.road.closed_at = NOW
    at.road.save()
    assert record(at, crossing(at))[0].reason == Reason.GATE_CLOSED


@pytest.mark.parametrize("number", [0, 51])
def test_no_crossing_or_too_many_at_once_then_are_refused(at, number):
    with pytest.raises(Invalid):
        record(at, *(crossing(at, nonce=n * 200) for n in range(number)))


def test_the_statements_then_do_not_grow_with_the_batch(at):
    def asked(first, number):
        sent = [crossing(at, nonce=first + n * 200, people=2) for n in range(number)]
        with CaptureQueriesContext(connection) as seen:
            record(at, *sent)
        return len(seen)

    asked(1, 1)
    assert asked(10_000, 50) == asked(90_000, 2)


@pytest.fixture
def device(at):
    return GateDevice.objects.create(
        authority=at.authority,
        label="一号台",
        kind="desk",
        gates=[at.road.number],
        token_hash=hashlib.sha256(TOKEN.encode()).digest(),
        recorded_at=NOW,
        paired_at=NOW,
    )


def post(at, body, token=TOKEN, **more):
    return post_crossings(body, token, **more)


def sent(at, nonce=1, **changes):
    moment = int(clock("08:30").timestamp()) * 1_000_000 + 7
    return {"gate": at.road.number, "at": moment, "nonce": nonce, "plate": "皖D12345"} | changes


def test_a_desk_with_its_token_then_sends_and_is_answered(at, device):
    body = {
        "crossings": [
            sent(at, people=2, travellers=[{"name": "过客", "temperature": 366}]),
            sent(at, 9, plate="?"),
        ]
    }
    response = post(at, body)
    assert response.status_code == 200, response.content
    first, second = response.json()["crossings"]
    assert (first["kept"], first["answer"], len(first["people"])) == (True, Answer.ASK, 2)
    assert (second["kept"], list(second["fields"])) == (False, ["plate"])
    assert post(at, body).json()["crossings"][0]["was_known"]
    with acting_for(at.authority.id):
        row = Crossing.objects.get()
        assert (row.at.microsecond, row.device, row.direction) == (7, device.id, Direction.IN)


def test_a_token_that_nobody_has_or_that_was_ended_then_opens_nothing(at, device):
    assert post(at, {"crossings": [sent(at)]}, token="other").status_code == 401
    assert post(at, {"crossings": [sent(at)]}, token="").status_code == 401
    with acting_for(at.authority.id):
        device.ended_at, device.ended_why = NOW, "lost"
        device.save()
    assert post(at, {"crossings": [sent(at)]}).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "{}",
        '{"crossings": []}',
        '{"crossings": [{"gate": 1}]}',
        '{"crossings": [{"gate": 1, "at": 99999999999999999999, "nonce": 1, "plate": "x"}]}',
        '{"crossings": [{"gate": 1, "at": 1, "nonce": "1", "plate": "x"}]}',
        '{"crossings": [{"gate": 1, "at": 1, "nonce": 1, "plate": "x", "more": 1}]}',
    ],
)
def test_a_body_that_cannot_be_read_then_is_refused_with_its_path(at, device, body):
    response = post(at, body)
    assert response.status_code == 422
    assert response.json()["fields"]
