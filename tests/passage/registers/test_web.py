"""The pages of gates and devices by status, words and statements."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.tenancy import acting_for
from fugong.passage.choices import DeviceKind, GateKind
from fugong.passage.models import CodeKey, Gate, GateDevice, Zone
from fugong.passage.operations.devices import name_device
from fugong.passage.operations.gates import open_gate
from fugong.passage.queries.devices import devices_of
from fugong.passage.rules.gates import GateData
from fugong.passage.rules.pairing import Pairing
from tests.accounts import making as accounts
from tests.core.web.people import signed_in
from tests.passage.registers import making
from tests.passage.registers.making import NOW, door, road

PAIR = "/gate/app/pair/"


def client_of(at, role, **ground):
    with acting_for(at.authority.id):
        return signed_in(accounts.holder(at.authority, role, **ground))


@pytest.fixture
def bo(at):
    subject = Subject(ENTERPRISE, at.firm.id, at.firm.name)
    return client_of(at, "enterprise_contact", subject=subject)


@pytest.fixture
def park(at):
    return client_of(at, "reviewer_park", area=at.park)


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_when_there_is_no_gate_says_what_one_is(park):
    assert "No gate yet" in text_of(park.get("/gates/"))


def test_list_when_there_are_some_shows_the_own_only(at, bo, park):
    with acting_for(at.authority.id):
        door(at.firm, "东门"), door(at.neighbour, "邻门"), road(at.park, "卡子门"), door(at.far, "远门")
    assert [name in text_of(bo.get("/gates/")) for name in ("东门", "邻门", "卡子门", "远门")] == [
        True,
        False,
        False,
        False,
    ]
    assert [name in text_of(park.get("/gates/")) for name in ("东门", "邻门", "卡子门", "远门")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("?q=东", 1), ("?kind=road", 1), ("?kind=door&kind=road", 3), ("?area=park-a", 3), ("?state=closed", 0)],
)
def test_list_when_narrowed_shows_what_is_left(at, park, asked, found):
    with acting_for(at.authority.id):
        door(at.firm, "东门"), door(at.neighbour, "邻门"), road(at.park, "卡子门")
    text = text_of(park.get(f"/gates/{asked}"))
    assert sum(name in text for name in ("东门", "邻门", "卡子门")) == found


def test_list_when_there_are_more_gates_asks_no_more_statements(at, park):
    def statements():
        with CaptureQueriesContext(connection) as found:
            park.get("/gates/")
        return len(found)

    with acting_for(at.authority.id):
        door(at.firm, "一号门")
    park.get("/gates/")
    few = statements()
    with acting_for(at.authority.id):
        for number in range(12):
            door(at.firm, f"{number}号")
    assert statements() == few


def test_open_gate_when_the_contact_opens_its_door_then_its_page(at, bo):
    path = f"/gates/new/{at.firm.id}/"
    page = text_of(bo.get(path))
    assert "Workshop" in page
    assert "Venue" not in page
    answer = bo.post(path, {"kind": "door", "name": "东门", "directions": "both", "new_zone": "厂区"})
    with acting_for(at.authority.id):
        gate, zone = Gate.objects.get(), Zone.objects.get()
    assert (gate.zone_id, zone.enterprise_id, gate.enterprise_id) == (zone.id, at.firm.id, at.firm.id)
    assert answer.headers["Location"] == f"/gates/{gate.id}/"
    text = text_of(bo.get(f"/gates/{gate.id}/"))
    assert "No device: nobody can be scanned here yet." in text
    assert "Went in today" in text


def test_open_gate_when_the_name_is_taken_keeps_what_was_typed_and_no_zone(at, bo):
    with acting_for(at.authority.id):
        door(at.firm, "东门")
    sent = {"kind": "door", "name": "东门", "directions": "in", "new_zone": "厂区", "place": "纬一路"}
    answer = bo.post(f"/gates/new/{at.firm.id}/", sent)
    assert answer.status_code == 422
    assert "There is one of this name already." in answer.content.decode()
    assert 'value="纬一路"' in answer.content.decode()
    with acting_for(at.authority.id):
        assert (Gate.objects.count(), Zone.objects.count()) == (1, 0)


def test_open_gate_when_the_zone_is_taken_says_so_at_its_field(at, bo):
    path, sent = f"/gates/new/{at.firm.id}/", {"kind": "door", "directions": "both", "new_zone": "厂区"}
    assert bo.post(path, sent | {"name": "东门"}).status_code == 302
    answer = bo.post(path, sent | {"name": "西门"})
    assert answer.status_code == 422
    assert 'id="id_new_zone_error"' in answer.content.decode()


def test_open_gate_in_an_area_when_the_park_opens_a_checkpoint(at, park, bo):
    sent = {"kind": "road", "area": str(at.park.id), "name": "高速出口", "directions": "in"}
    assert "乙园区" not in text_of(park.get("/gates/new/"))
    assert park.post("/gates/new/", sent | {"area": str(at.other.id)}).status_code == 422
    assert park.post("/gates/new/", sent).status_code == 302
    assert bo.get("/gates/new/").status_code == 403


def test_change_and_close_gate_when_anothers_is_not_there(at, bo, park):
    with acting_for(at.authority.id):
        own, theirs = door(at.firm), door(at.neighbour)
    sent = {"name": "南门", "directions": "out", "latitude": "32.6", "longitude": "117.1"}
    assert bo.post(f"/gates/{theirs.id}/change/", sent).status_code == 404
    assert bo.post(f"/gates/{theirs.id}/close/").status_code == 404
    assert bo.post(f"/gates/{own.id}/change/", sent).status_code == 302
    assert "南门" in text_of(bo.get(f"/gates/{own.id}/change/"))
    assert bo.post(f"/gates/{own.id}/close/").status_code == 302
    assert "Closed" in text_of(park.get(f"/gates/{own.id}/"))
    assert bo.post(f"/gates/{own.id}/change/", sent).status_code == 422


def test_export_when_the_park_asks_writes_each_gate(at, park, bo):
    with acting_for(at.authority.id):
        door(at.firm, "东门")
    answer = park.post("/gates/export/", {"reason": "存档", "format": "csv"})
    assert answer.status_code == 200
    assert "东门" in b"".join(answer.streaming_content).decode("utf-8-sig")
    assert bo.post("/gates/export/", {"reason": "存档"}).status_code == 403


def named_by(client, gate, **changes):
    sent = {"label": "门卫手机", "kind": "phone", "gates": [str(gate.id)]} | changes
    return client.post(f"/gates/{gate.id}/device/", sent)


def code_in(answer):
    found = re.search(r"<code>(\w{4}) (\w{4})</code>", text_of(answer))
    return "".join(found.groups())


def test_device_when_named_shows_its_code_once_and_pairs_by_it(at, bo, settings):
    settings.FUGONG_PUBLIC_URL, settings.FUGONG_GATE_URL = "http://park.example", "https://gate.example"
    with acting_for(at.authority.id):
        gate = door(at.firm)
    answer = named_by(bo, gate)
    assert "<svg" in text_of(answer)
    told = Client().post(PAIR, {"code": code_in(answer).lower()}, content_type="application/json")
    assert told.status_code == 200
    assert {**told.json(), "token": ""} == {
        "token": "",
        "label": "门卫手机",
        "kind": "phone",
        "address": "https://gate.example",
    }
    with acting_for(at.authority.id):
        device = GateDevice.objects.get()
        assert [each.id for each in devices_of(at.authority.id)] == [device.id]
    page = text_of(bo.get(f"/gates/devices/{device.id}/"))
    assert "In use" in page
    assert code_in(answer) not in page


def test_device_when_nothing_is_chosen_says_so_and_keeps_the_name(at, bo):
    with acting_for(at.authority.id):
        gate = door(at.firm)
    answer = named_by(bo, gate, gates=[])
    assert answer.status_code == 422
    assert "Say at which gates it stands." in answer.content.decode()
    assert 'value="门卫手机"' in answer.content.decode()


def test_device_when_moved_paired_again_and_ended_is_so(at, bo):
    with acting_for(at.authority.id):
        gate, other = door(at.firm), door(at.firm, "西门")
    named_by(bo, gate)
    with acting_for(at.authority.id):
        device = GateDevice.objects.get()
    path = f"/gates/devices/{device.id}/"
    assert bo.post(f"{path}move/", {"gates": [str(other.id)]}).status_code == 302
    assert "西门" in text_of(bo.get(path))
    assert Pairing.parse(code_in(bo.post(f"{path}pair/"))) is not None
    assert bo.get(f"{path}pair/").status_code == 302
    assert bo.post(f"{path}end/", {"why": "lost"}).status_code == 302
    assert "Lost" in text_of(bo.get(path))
    assert bo.post(f"{path}end/", {"why": "lost"}).status_code == 422
    assert "门卫手机" in text_of(bo.get("/gates/devices/"))


def test_device_when_anothers_is_not_there(at, bo):
    with acting_for(at.authority.id):
        gate = door(at.neighbour)
        device = name_device("手机", DeviceKind.PHONE, [gate.id], actor=at.ann, now=NOW).device
    for path in ("", "move/", "pair/", "end/"):
        assert bo.get(f"/gates/devices/{device.id}/{path}").status_code == 404
    assert named_by(bo, gate).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"code": "23456789"}', "bad_pairing"),
        ('{"code": "short"}', "bad_pairing"),
        ('{"code": 5}', "malformed"),
        ('{"code": "%s"}' % ("2" * 81), "malformed"),
        ("[]", "malformed"),
        ("{", "malformed"),
        ("", "malformed"),
        (b"\xff\xfe", "malformed"),
    ],
)
def test_pair_when_what_is_sent_opens_nothing_says_so(db, body, code):
    answer = Client().post(PAIR, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["message"]


def test_pair_when_guessed_too_often_is_shut_for_that_address(db):
    sent = [Client().post(PAIR, {"code": "23456789"}, content_type="application/json") for _time in range(31)]
    assert [each.status_code for each in sent] == [400] * 30 + [429]
    assert sent[-1].json()["code"] == "too_many"


def test_keys_when_the_administrator_renews_them_shows_both(at):
    admin = client_of(at, "system_admin")
    assert "No key yet" in text_of(admin.get("/gates/keys/"))
    for _time in range(2):
        assert admin.post("/gates/keys/").status_code == 302
    text = text_of(admin.get("/gates/keys/"))
    assert "in use" in text
    with acting_for(at.authority.id):
        assert CodeKey.objects.filter(retired_at=None).count() == 1
    assert client_of(at, "commander").get("/gates/keys/").status_code == 403


def test_keys_when_others_may_have_one_it_is_withdrawn_once_and_by_the_administrator_only(at):
    admin = client_of(at, "system_admin")
    admin.post("/gates/keys/")
    with acting_for(at.authority.id):
        path = f"/gates/keys/{CodeKey.objects.get().id}/withdraw/"
    assert client_of(at, "commander").post(path).status_code == 403
    assert admin.get(path).status_code == 405
    assert admin.post(f"/gates/keys/{at.firm.id}/withdraw/").status_code == 404
    told = text_of(admin.post(path, follow=True))
    assert "Nothing that key 1 has signed is good any more." in told
    assert "withdrawn 20" in told
    assert "in use" not in told
    assert "This key was withdrawn before." in text_of(admin.post(path, follow=True))


def test_enterprise_page_when_it_has_gates_shows_them_and_who_may_opens_more(at, bo):
    path = f"/enterprises/{at.firm.id}/"
    assert "No gate here yet" in text_of(bo.get(path))
    with acting_for(at.authority.id):
        door(at.firm, "东门")
    text = text_of(bo.get(path))
    assert "东门" in text
    assert f"/gates/new/{at.firm.id}/" in text
    assert f"/gates/new/{at.firm.id}/" not in text_of(client_of(at, "inspector").get(path))


def test_gate_page_when_it_is_a_venue_leads_to_its_poster(at, park):
    with acting_for(at.authority.id):
        own = door(at.firm)
        venue = open_gate(
            GateData("食堂"), kind=GateKind.VENUE, area_id=at.park.id, actor=making.system(at), now=NOW
        )
    assert f"/venues/{venue.id}/" in text_of(park.get(f"/gates/{venue.id}/"))
    assert f"/venues/{own.id}/" not in text_of(park.get(f"/gates/{own.id}/"))
