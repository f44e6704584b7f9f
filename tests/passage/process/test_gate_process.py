"""A scan on its way: asked, decided, stored, answered."""

from __future__ import annotations

import random
import socket
from datetime import timedelta
from typing import Any

import pytest

from fugong.core.actor import system_actor
from fugong.core.tenancy import acting_for
from fugong.passage.choices import Answer, DeviceEnd, Flag, Reason
from fugong.passage.models import CodeKey
from fugong.passage.operations import devices
from fugong.passage.operations.keys import withdraw_key
from fugong.passage.operations.visits import invite
from fugong.passage.queries.printing import code_of_visit
from fugong.passage.rules.guests import VisitData
from tests.clearance import making
from tests.passage.process.keeping import Site, until, worker
from tests.people.making import resident_id
from tests.support.making import NOW

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


def test_scan_when_all_is_well_then_allowed_named_counted_and_stored(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    status, told = site.send(site.scan(site.code(li), direction=2))
    assert (status, told["answer"], told["reason"]) == (200, Answer.ALLOW, Reason.FREE)
    assert (told["name"], told["level"]) == ("李*", "green")
    assert site.rows()[-1] == (site.gate.number, told["nonce"], 1, 0, 0, li.id)


def test_number_inside_when_people_come_and_go_then_follows(site: Site):
    li, wang = worker(site.here, name="李伟"), worker(site.here, name="王芳")
    until(lambda: site.send(site.scan(site.code(wang), direction=2))[1]["answer"] == Answer.ALLOW)
    moves = ((li, 1), (wang, 1), (li, 2), (li, 2), (wang, 2))
    told = [site.send(site.scan(site.code(who), direction=way))[1]["inside"] for who, way in moves]
    assert told == [1, 2, 1, 1, 0]


def test_scan_when_sent_again_in_any_order_then_stored_once(site: Site):
    li = worker(site.here)
    scans = [site.scan(site.code(li), answer=1, reason=0) for _ in range(30)]
    for _again in range(3):
        random.shuffle(scans)
        for start in range(0, 30, 7):
            assert site.send(scans[start : start + 7])[0] == 200
        assert site.send(scans[0])[0] == 200
    assert sorted(row[1] for row in site.rows()) == sorted(scan["nonce"] for scan in scans)
    assert site.counted() == 30
    until(site.folded)
    assert site.counted() == 30


@pytest.mark.parametrize(
    ("code", "answer", "reason"),
    [
        ("FG1.AAAA", Answer.STOP, Reason.MALFORMED),
        ("FG1." + "A" * 62, Answer.STOP, Reason.MALFORMED),
        ("FGP1." + "A" * 147, Answer.STOP, Reason.MALFORMED),
        ("https://somewhere.example/" + "x" * 900, Answer.STOP, Reason.MALFORMED),
        ("晋B12345", Answer.ASK, Reason.NO_FILE),
        ("", Answer.ASK, Reason.NO_FILE),
        ("340402199001011234", Answer.ASK, Reason.NO_FILE),
    ],
)
def test_code_when_it_is_none_then_answered_and_stored_without_anybody(site: Site, code, answer, reason):
    status, told = site.send(site.scan(code))
    assert (status, told["answer"], told["reason"]) == (200, answer, reason)
    assert [(row[2], row[3], row[5]) for row in site.rows()] == [(answer, reason, None)]


def test_code_when_forged_old_or_of_a_lost_key_then_stopped_for_that(site: Site):
    li = worker(site.here)
    told = [
        site.send(site.scan(code))[1]["reason"]
        for code in (
            site.code(li, key=b"\x01" * 32),
            site.code(li, age=timedelta(minutes=4)),
            site.code(li, age=timedelta(minutes=-4)),
        )
    ]
    assert told == [Reason.FORGED, Reason.OLD, Reason.EARLY]
    assert [row[5] for row in site.rows()] == [None, li.id, li.id]


def test_document_when_its_number_is_typed_then_known_by_it(site: Site):
    number = resident_id()
    li = worker(site.here, document=number)
    until(lambda: site.send(site.scan(f" {number} "))[1]["answer"] == Answer.ALLOW)
    assert site.rows("subject, way")[-1] == (li.id, 4)


def test_temperature_when_it_is_a_fever_then_stopped_whatever_the_level(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    told = site.send(site.scan(site.code(li), temperature=373))[1]
    assert (told["answer"], told["reason"]) == (Answer.STOP, Reason.FEVER)


def test_level_when_it_changes_then_known_at_the_gate_within_two_seconds(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    with acting_for(site.here.authority.id):
        making.recorded(li, "close_contact", here=site.here, since=NOW, now=NOW)
    took = until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.STOP)
    assert took < 2


def test_device_when_it_was_lost_then_shut_out_at_once(site: Site):
    assert site.send(site.scan(""))[0] == 200
    with acting_for(site.here.authority.id):
        system = system_actor(site.here.authority.id, "set-up")
        devices.end_device(site.device, DeviceEnd.LOST, actor=system, now=NOW)
    took = until(lambda: site.send(site.scan(""))[0] == 401)
    assert took < 2


def test_answer_of_the_device_when_it_differs_then_both_are_kept(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    told = site.send(site.scan(site.code(li, age=timedelta(minutes=9)), answer=1))[1]
    assert (told["answer"], told["reason"]) == (Answer.STOP, Reason.OLD)
    assert site.rows()[-1][2:5] == (1, 0, Flag.DECIDED_OFFLINE | Flag.CONFLICT)


@pytest.mark.parametrize("days", [2, 40, -1])
def test_scan_when_its_clock_cannot_be_right_then_kept_marked_and_once(site: Site, days):
    at = int((site.now() - timedelta(days=days)).timestamp() * 1_000_000)
    scan = site.scan("", at=at, answer=2, reason=8)
    for _again in range(3):
        assert site.send(scan)[0] == 200
    expected = Flag.DECIDED_OFFLINE if days == 2 else Flag.DECIDED_OFFLINE | Flag.MISDATED
    assert [row[4] for row in site.rows()] == [expected]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"direction": 3}, "direction"),
        ({"temperature": 20}, "temperature"),
        ({"gate": 99}, "gate"),
        ({"nonce": 1 << 63}, "nonce"),
        ({"at": -1}, "at"),
        ({"answer": 7}, "answer"),
        ({"answer": 1, "reason": 200}, "reason"),
    ],
)
def test_scan_when_a_value_cannot_be_then_told_which_and_the_others_are_kept(site: Site, changes, field):
    status, told = site.send(site.scan("", **changes))
    assert (status, told["code"], told["field"]) == (400, "bad_value", field)
    status, told = site.send([site.scan(""), site.scan("", **changes), site.scan("")])
    assert status == 200
    assert [each.get("field", "") for each in told["scans"]] == ["", field, ""]
    assert len(site.rows()) == 2


@pytest.mark.parametrize("body", ["", "{", "[]", '{"gate": 1}', '{"gate": "1"}', '{"scans": []}', "\x00\xff"])
def test_body_when_it_is_no_scan_then_told_so(site: Site, body):
    assert site.ask("POST", "/gate/scan", body.encode("latin-1"))[0] == 400


def test_batch_when_it_is_too_long_or_empty_then_refused(site: Site):
    assert site.send([])[1]["field"] == "scans"
    assert site.send([site.scan("") for _ in range(101)])[1]["field"] == "scans"
    assert site.rows() == []


def test_address_when_unknown_or_used_another_way_then_told_so(site: Site):
    assert site.ask("GET", "/gate/nothing")[0] == 404
    assert site.ask("GET", "/gate/scan")[0] == 405
    assert site.ask("POST", "/gate/state")[0] == 405
    assert site.ask("GET", "/gate/state", token="x" * 43)[0] == 401


def test_state_when_asked_for_then_holds_restrictions_only(site: Site):
    li, wang = worker(site.here, name="李伟"), worker(site.here, name="王芳")
    with acting_for(site.here.authority.id):
        making.recorded(wang, "close_contact", here=site.here, since=NOW, now=NOW)
    until(lambda: site.send(site.scan(site.code(wang)))[1]["answer"] == Answer.STOP)
    _status, state = site.ask("GET", "/gate/state")
    assert [(gate["name"], gate["measures"]) for gate in state["gates"]] == [("东门", "always")]
    assert len(state["lists"][str(site.gate.number)]) == 1
    assert state["gates"][0]["rules"]["levels"]["red"] == Answer.STOP
    assert state["levels"]["green"]["zh"]
    assert state["keys"].keys() == {str(site.key_id)}
    assert "李" not in str(state), str(li.id)


def test_health_when_asked_then_well_and_counted(site: Site):
    site.send(site.scan(""))
    status, told = site.ask("GET", "/gate/healthz")
    assert (status, told["well"], told["written"]) == (200, True, 1)
    assert "fugong_gate_scans_written_total 1\n" in site.ask("GET", "/gate/metrics")[1]


def test_listener_when_a_level_changes_then_told_who_by_the_name_in_its_list(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    _status, state = site.ask("GET", "/gate/state")
    assert state["lists"][str(site.gate.number)] == {}
    with site.listening() as stream:
        with acting_for(site.here.authority.id):
            making.recorded(li, "close_contact", here=site.here, since=NOW, now=NOW)
        kind, told = stream.next()
    assert (kind, told["gate"], [step[1] for step in told["steps"]]) == ("change", site.gate.number, [3])
    _status, state = site.ask("GET", "/gate/state")
    assert list(state["lists"][str(site.gate.number)]) == [told["name"]]


def test_listener_when_nobody_listened_to_a_change_then_the_version_tells_and_the_list_has_it(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    state: dict[str, Any] = {}

    def is_same() -> bool:
        """Once the last change of those that made the worker has been told."""
        state.update(site.ask("GET", "/gate/state")[1])
        with site.listening() as stream:
            return stream.version == state["version"]

    until(is_same)
    with acting_for(site.here.authority.id):
        making.recorded(li, "close_contact", here=site.here, since=NOW, now=NOW)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.STOP)
    with site.listening() as stream:
        assert stream.version > state["version"]
    _status, fresh = site.ask("GET", "/gate/state")
    assert len(fresh["lists"][str(site.gate.number)]) == 1


def test_gate_when_a_key_is_withdrawn_then_no_code_by_it_opens_any_more_also_without_a_network(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    assert list(site.ask("GET", "/gate/state")[1]["keys"]) == [str(site.key_id)]
    with acting_for(site.here.authority.id):
        key = CodeKey.objects.get(number=site.key_id)
        withdraw_key(key.id, actor=system_actor(site.here.authority.id, "passage"), now=NOW)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.STOP)
    assert site.send(site.scan(site.code(li)))[1]["reason"] == Reason.UNKNOWN_CODE
    assert site.ask("GET", "/gate/state")[1]["keys"] == {}


def test_listener_when_no_list_is_kept_then_told_to_fetch_all_of_it(site: Site):
    with site.listening() as stream:
        worker(site.here)
        assert stream.next()[0] == "state"


def test_line_when_the_client_says_it_is_the_last_request_then_closed_after_the_answer(site: Site):
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(b"GET /gate/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        said = b""
        while more := line.recv(4096):
            said += more
    assert said.startswith(b"HTTP/1.1 200")
    assert b'"well":true' in said


def test_visitor_when_the_own_level_forbids_it_then_stopped_in_spite_of_the_invitation(site: Site):
    number = resident_id()
    li = worker(site.here, name="李伟", document=number)
    data = VisitData(
        "李伟", "王主任", "送料", NOW - timedelta(hours=1), NOW + timedelta(hours=3), document=number
    )
    with acting_for(site.here.authority.id):
        system = system_actor(site.here.authority.id, "set-up")
        visit = invite(site.here.enterprise.id, data, actor=system, now=NOW)
        code = code_of_visit(visit)
    assert code
    until(lambda: site.send(site.scan(code))[1]["reason"] != Reason.NO_FILE)
    assert site.send(site.scan(code))[1]["reason"] == Reason.WINDOW
    with acting_for(site.here.authority.id):
        making.recorded(li, "close_contact", here=site.here, since=NOW, now=NOW)
    until(lambda: site.send(site.scan(code))[1]["answer"] == Answer.STOP)
    assert site.send(site.scan(code))[1]["reason"] == Reason.LEVEL
