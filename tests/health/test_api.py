"""What a thermometer may send, and what it is told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.health import operations
from fugong.health.choices import Way
from fugong.health.models import HealthReport, Incident, Kiosk
from tests.health import making
from tests.health.making import NOW
from tests.people.making import resident_id

URL = "/api/v1/health/temperature"


@pytest.fixture
def token(at):
    return operations.issue_kiosk(at.firm.id, "东门", actor=at.bo, now=NOW).token


def line(person, temperature="36.5", **changes):
    return {"person": str(person.id), "temperature": temperature, "measured_at": NOW.isoformat()} | changes


def send(token: str, *lines: dict[str, Any], key: str = "0001-0001", **options: Any) -> Any:
    body = options.pop("body", json.dumps({"measurements": list(lines)}))
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key} | options.pop("headers", {})
    return Client().post(
        URL, body, content_type=options.pop("content_type", "application/json"), headers=headers
    )


def kept(at):
    with acting_for(at.authority.id):
        return list(HealthReport.objects.order_by("recorded_at", "id"))


def test_temperature_when_measured_then_kept_as_the_thermometers(at, token):
    answer = send(token, line(at.worker), line(at.mate, "38.2"))
    assert answer.status_code == 200
    assert (answer.json()["kept"], answer.json()["refused"]) == (2, 0)
    rows = kept(at)
    assert {(row.tenths, row.way, row.by_name) for row in rows} == {
        (365, Way.KIOSK, "东门"),
        (382, Way.KIOSK, "东门"),
    }
    with acting_for(at.authority.id):
        assert Incident.objects.get().person_id == at.mate.id


def test_temperature_when_an_id_is_read_then_the_person_is_found(at, token):
    with acting_for(at.authority.id):
        number = str(at.worker.document)
    answer = send(token, {"document": number, "temperature": "36.5", "measured_at": NOW.isoformat()})
    assert answer.json()["kept"] == 1


def test_temperature_when_of_another_enterprise_or_unknown_then_told_the_same(at, token):
    with acting_for(at.authority.id):
        theirs = str(at.stranger.document)
    told = []
    for number, key in ((theirs, "key-00001"), (resident_id(), "key-00002")):
        one = {"document": number, "temperature": "36.5", "measured_at": NOW.isoformat()}
        told.append(send(token, one, key=key).json()["lines"])
    assert told[0] == told[1]
    assert told[0][0]["code"] == "nobody_here"
    assert not kept(at)


def test_temperature_when_one_line_is_wrong_then_told_by_line_and_the_others_kept(at, token):
    ahead = (NOW + timedelta(hours=1)).isoformat()
    answer = send(token, line(at.worker, "365"), line(at.mate), line(at.mate, measured_at=ahead))
    lines = answer.json()["lines"]
    assert [(each["kept"], each["code"], each["field"]) for each in lines] == [
        (False, "no_dot", "temperature"),
        (True, "", ""),
        (False, "clock_ahead", "measured_at"),
    ]


def test_temperature_when_sent_twice_then_answered_the_same_and_kept_once(at, token):
    first = send(token, line(at.worker))
    second = send(token, line(at.worker))
    assert second.json() == first.json()
    assert len(kept(at)) == 1


def test_temperature_when_the_key_is_used_for_something_else_then_told(at, token):
    send(token, line(at.worker))
    answer = send(token, line(at.mate))
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_temperature_when_the_same_person_twice_in_a_batch_then_the_later_counts(at, token):
    send(token, line(at.worker, "38.2"), line(at.worker, "36.8"))
    assert [(row.revision, row.tenths) for row in kept(at)] == [(1, 382), (2, 368)]


@pytest.mark.parametrize("shape", ["", "x", "a.b.c", "{}.{}.secret"])
def test_temperature_when_the_token_is_not_one_then_401(at, shape):
    answer = send(shape.format(at.authority.id.hex, at.firm.id.hex), line(at.worker))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_temperature_when_the_secret_is_another_then_401(at, token):
    assert send(token[:-1] + ("A" if token[-1] != "A" else "B"), line(at.worker)).status_code == 401


def test_temperature_when_revoked_then_401_at_once(at, token):
    with acting_for(at.authority.id):
        kiosk = Kiosk.objects.get()
        operations.revoke_kiosk(kiosk.id, actor=at.bo, now=NOW)
    assert send(token, line(at.worker)).status_code == 401


def test_temperature_when_malformed_then_each_fault_under_its_path_and_no_number_echoed(at, token):
    number = resident_id()
    bad = {
        "document": number,
        "person": str(at.worker.id),
        "temperature": 36.5,
        "measured_at": "2022-04-27T08:00",
    }
    answer = send(token, bad)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert {"measurements.0.temperature", "measurements.0.measured_at"} <= set(answer.json()["fields"])
    assert number not in answer.content.decode()


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"body": "{"}, 422, "malformed"),
        ({"body": '{"measurements": []}'}, 422, "malformed"),
        ({"content_type": "text/plain"}, 415, "not_json"),
        ({"key": "short"}, 422, "no_key"),
    ],
)
def test_temperature_when_the_call_is_wrong_then_told_how(token, options, status, code):
    answer = send(token, **options)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_temperature_when_a_hundred_and_one_then_refused(at, token):
    assert send(token, *[line(at.worker)] * 101).status_code == 422


def test_description_when_asked_then_it_names_the_door_and_its_errors(db):
    document = Client().get("/api/v1/openapi.json").json()
    post = document["paths"][URL]["post"]
    assert {"200", "401", "409", "415", "422"} == set(post["responses"])
    assert document["components"]["schemas"]["Batch"]["properties"]["measurements"]["maxItems"] == 100


def test_issue_kiosk_when_not_the_own_enterprise_or_nameless_or_twice_then_refused(at, token):
    with acting_for(at.authority.id):
        with pytest.raises(Invalid):
            operations.issue_kiosk(at.firm.id, " ", actor=at.bo, now=NOW)
        with pytest.raises(Conflict):
            operations.issue_kiosk(at.firm.id, "东门", actor=at.bo, now=NOW)
        with pytest.raises(NotPermitted):
            operations.issue_kiosk(at.firm.id, "西门", actor=at.ann, now=NOW)


def test_issue_kiosk_when_made_then_the_token_is_kept_nowhere(at, token):
    with acting_for(at.authority.id):
        kiosk = Kiosk.objects.get()
    assert token.split(".")[2].encode() not in bytes(kiosk.token_hash)
    assert len(bytes(kiosk.token_hash)) == 32
    assert kiosk.issued_at == making.NOW
