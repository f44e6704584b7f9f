from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.passage.choices import PlateKind, SubjectKind
from fugong.passage.ingest.known import State
from fugong.passage.ingest.loading import load_guests
from fugong.passage.models import VehiclePass, Visit
from fugong.passage.operations.passes import cancel_pass, issue_pass
from fugong.passage.operations.visits import cancel_visit, invite
from fugong.passage.queries.gates import place_numbers
from fugong.passage.queries.guests import (
    find_pass,
    find_visit,
    get_pass,
    get_visit,
    link_of,
    list_passes,
    list_visits,
    visits_on,
)
from fugong.passage.queries.keys import code_secrets, public_keys
from fugong.passage.queries.printing import code_of_pass, code_of_visit
from fugong.passage.rules.codes import Fault
from fugong.passage.rules.guests import PassData, VisitData
from fugong.passage.rules.printed import PrintedCode, fault_offline, fault_online
from tests.core.papers.test_pdf import read
from tests.passage.registers import making
from tests.passage.registers.making import NOW
from tests.passage.registers.test_web import client_of, text_of
from tests.people import making as people

HOUR = timedelta(hours=1)
DATA = VisitData(
    "周明", "李伟", "设备检修", NOW + HOUR, NOW + 4 * HOUR, phone="13855500001", plate="皖d·12345"
)
PASS = PassData("皖D·12345", "运输物资", NOW + HOUR, NOW + 48 * HOUR, driver_name="王强")


def guarding(area):
    held = frozenset({"passage.see", "passage.guard"})
    return replace(making.keeper(area), permissions=held)


def invited(at, **changes):
    return invite(at.firm.id, replace(DATA, **changes), actor=at.bo, now=NOW)


def issued(at, **changes):
    return issue_pass(replace(PASS, **changes), enterprise_id=at.firm.id, actor=at.ann, now=NOW)


def test_invite_when_invited_makes_a_code_good_within_the_window_only(at):
    visit = invited(at)
    code = PrintedCode.parse(code_of_visit(visit))
    assert (visit.serial, visit.plate, visit.person_id) == (1, "皖D12345", None)
    assert (code.printed.kind, code.printed.subject) == (SubjectKind.VISITOR, visit.id)
    assert code.printed.place == place_numbers(at.authority.id)[at.firm.id]
    secrets, public = code_secrets(at.authority.id), public_keys(at.authority.id)
    for now, fault in ((NOW, Fault.EARLY), (NOW + 2 * HOUR, None), (NOW + 4 * HOUR, Fault.EXPIRED)):
        assert fault_online(code, secrets, now) is fault
        assert fault_offline(code, public, now) is fault


def test_invite_when_audited_the_name_is_sealed(at):
    invited(at)
    assert "周明" not in str(AuditEntry.objects.get(subject_kind="passage.visit").changes)


def test_invite_when_the_document_is_known_here_is_that_person(at):
    number = people.resident_id()
    person = people.registered(at.far, document=number)
    assert invited(at, document=number).person_id == person.id
    assert invited(at, document=people.resident_id()).person_id is None


def test_invite_when_it_cannot_be_refuses_with_every_field(at):
    with pytest.raises(Invalid) as refused:
        invited(at, name=" ", plate="皖D1", ends_at=NOW + 200 * HOUR)
    assert sorted(refused.value.fields) == ["ends_at", "name", "plate"]
    with pytest.raises(NotFound):
        invite(at.firm.id, DATA, actor=making.contact(at.neighbour), now=NOW)
    with pytest.raises(NotPermitted):
        invite(at.firm.id, DATA, actor=making.contact(at.firm, without="passage.invite"), now=NOW)
    assert not Visit.objects.exists()


def test_cancel_visit_when_called_off_is_over(at):
    visit = invited(at)
    with pytest.raises(NotPermitted):
        cancel_visit(visit.id, actor=making.contact(at.neighbour), now=NOW)
    with pytest.raises(NotFound):
        cancel_visit(new_id(), actor=at.bo, now=NOW)
    assert cancel_visit(visit.id, actor=at.ann, now=NOW).cancelled_by_name == "Ann"
    with pytest.raises(Conflict):
        cancel_visit(visit.id, actor=at.bo, now=NOW)
    with pytest.raises(Conflict):
        cancel_visit(invited(at).id, actor=at.bo, now=DATA.ends_at)


def test_list_visits_when_asked_by_each_shows_only_theirs(at):
    own = invited(at)
    theirs = invite(at.neighbour.id, DATA, actor=at.ann, now=NOW)
    assert set(list_visits(at.bo)) == {own}
    assert set(list_visits(guarding(at.park))) == {own, theirs}
    assert set(list_visits(guarding(at.other))) == set()
    with pytest.raises(NotFound):
        get_visit(at.bo, theirs.id)
    with pytest.raises(NotPermitted):
        list_visits(replace(at.bo, permissions=frozenset({"passage.see"})))


def test_visits_on_when_asked_for_a_time_are_those_whose_window_touches_it(at):
    visit, gone = invited(at), invited(at)
    cancel_visit(gone.id, actor=at.bo, now=NOW)
    assert list(visits_on(at.bo, NOW, NOW + 2 * HOUR)) == [visit]
    assert list(visits_on(at.bo, NOW, DATA.starts_at)) == []
    assert list(visits_on(at.bo, DATA.ends_at, DATA.ends_at + HOUR)) == []


def test_guest_page_when_the_link_is_right_shows_code_and_window_and_nobody(at):
    visit = invited(at, document=people.resident_id())
    token = link_of(visit).rsplit("/", 2)[1]
    assert find_visit(token) == visit
    answer = Client().get(f"/guest/{token}/")
    text = text_of(answer)
    assert "<svg" in text
    assert "设备检修" in text
    assert at.firm.name in text
    assert "周明" not in text
    assert "13855500001" not in text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("now", "shown"), [(NOW, True), (NOW + 4 * HOUR, False)])
def test_guest_page_when_over_or_called_off_shows_no_code(at, settings, now, shown):
    visit = invited(at)
    token = link_of(visit).rsplit("/", 2)[1]
    settings.FUGONG_CLOCK = now
    assert ("<svg" in text_of(Client().get(f"/guest/{token}/"))) is shown
    if shown:
        with acting_for(at.authority.id):
            cancel_visit(visit.id, actor=at.bo, now=now)
        assert "<svg" not in text_of(Client().get(f"/guest/{token}/"))


@pytest.mark.parametrize("token", ["x", "A" * 64, "\u4e2d"])
def test_guest_page_when_the_link_is_no_link_says_so(db, token):
    answer = Client().get(f"/guest/{token}/")
    assert answer.status_code == 404
    assert "This link opens nothing" in answer.content.decode()


def test_issue_pass_when_issued_makes_a_code_of_the_vehicle(at):
    row = issued(at)
    code = PrintedCode.parse(code_of_pass(row))
    assert (row.plate, row.plate_kind) == ("皖D12345", PlateKind.ORDINARY)
    assert (code.printed.kind, code.printed.subject, code.printed.serial) == (SubjectKind.VEHICLE, row.id, 1)
    assert fault_online(code, code_secrets(at.authority.id), NOW + 2 * HOUR) is None
    assert "王强" not in str(AuditEntry.objects.get(subject_kind="passage.vehiclepass").changes)


def test_load_guests_when_a_vehicle_has_a_driver_and_passengers_then_the_guard_is_told_so(at):
    row = issued(at, passengers=("赵一", "钱二"))
    alone = issued(at, plate="皖D54321", driver_name="")
    state = State(at.authority.id)
    load_guests(state, now=NOW)
    assert state.guests[row.id.bytes].name == "皖D12345 · 王* · +2"
    assert state.guests[alone.id.bytes].name == "皖D54321"


def test_issue_pass_when_the_vehicle_has_one_for_some_of_the_time_refuses(at):
    first = issued(at)
    with pytest.raises(Conflict) as refused:
        issued(at, plate="皖Ｄ12345", starts_at=NOW + 47 * HOUR, ends_at=NOW + 60 * HOUR)
    assert list(refused.value.fields) == ["plate"]
    issued(at, starts_at=PASS.ends_at, ends_at=PASS.ends_at + HOUR)
    cancel_pass(first.id, actor=at.ann, now=NOW)
    assert issued(at).serial == 3


def test_issue_pass_when_not_permitted_or_wrong_refuses(at):
    for actor in (at.bo, making.keeper(at.park, without="passage.issue")):
        with pytest.raises(NotPermitted):
            issue_pass(PASS, enterprise_id=at.firm.id, actor=actor, now=NOW)
    with pytest.raises(NotPermitted):
        issue_pass(PASS, actor=at.ann, now=NOW)
    with pytest.raises(NotFound):
        issue_pass(PASS, enterprise_id=at.far.id, actor=at.ann, now=NOW)
    with pytest.raises(Invalid) as refused:
        issued(at, plate="皖D1", purpose="")
    assert sorted(refused.value.fields) == ["plate", "purpose"]
    assert not VehiclePass.objects.exists()


def test_cancel_pass_when_taken_back_is_over(at):
    row = issued(at)
    with pytest.raises(NotPermitted):
        cancel_pass(row.id, actor=at.bo, now=NOW)
    with pytest.raises(NotFound):
        cancel_pass(new_id(), actor=at.ann, now=NOW)
    cancel_pass(row.id, actor=at.ann, now=NOW)
    with pytest.raises(Conflict):
        cancel_pass(row.id, actor=at.ann, now=NOW)


def test_find_pass_when_asked_by_plate_is_the_one_that_is_good_now(at):
    row = issued(at)
    later = NOW + 2 * HOUR
    assert find_pass("皖D12345", authority_id=at.authority.id, now=later) == row
    assert find_pass("皖D12345", authority_id=at.authority.id, now=NOW) is None
    assert find_pass("皖D12346", authority_id=at.authority.id, now=later) is None


def test_list_passes_when_asked_by_each_shows_only_theirs_and_to_guards_all(at):
    own = issued(at)
    free = issue_pass(replace(PASS, plate="皖D54321"), actor=making.system(at), now=NOW)
    bo = making.contact(at.firm, without="passage.guard")
    assert set(list_passes(bo)) == {own}
    assert set(list_passes(guarding(at.other))) == {own, free}
    with pytest.raises(NotFound):
        get_pass(bo, free.id)


def moments(data):
    return {name: f"{getattr(data, name):%Y-%m-%dT%H:%M}" for name in ("starts_at", "ends_at")}


def test_visit_pages_when_invited_and_called_off(at):
    bo = client_of(at, "enterprise_contact", subject=Subject(ENTERPRISE, at.firm.id, at.firm.name))
    path = f"/gates/visits/new/{at.firm.id}/"
    assert "No visitor" in text_of(bo.get("/gates/visits/"))
    assert 'type="datetime-local"' in text_of(bo.get(path))
    sent = {"name": "周明", "host": "李伟", "purpose": "检修", "plate": "皖D1", "phone": "13855500001"}
    refused = bo.post(path, sent | moments(DATA))
    assert refused.status_code == 422
    assert "A plate has 7 characters" in refused.content.decode()
    answer = bo.post(path, sent | moments(DATA) | {"plate": ""})
    page = text_of(bo.get(answer.headers["Location"]))
    assert "138****0001" in page
    link = re.search(r'href="[^"]*(/guest/[^"]+)"', page).group(1)
    assert "<svg" in text_of(Client().get(link))
    assert "周明" in text_of(bo.get("/gates/visits/?state=ahead"))
    assert "周明" not in text_of(bo.get("/gates/visits/?state=over"))
    assert bo.post(f"{answer.headers['Location']}cancel/").status_code == 302
    assert "Called off" in text_of(bo.get(answer.headers["Location"]))
    assert client_of(at, "inspector").get("/gates/visits/").status_code == 403


def test_pass_pages_when_issued_printed_and_taken_back(at):
    park = client_of(at, "reviewer_park", area=at.park)
    assert "No vehicle has a pass" in text_of(park.get("/gates/passes/"))
    sent = {"plate": "皖D12345", "purpose": "运输物资", "driver_name": "王强"} | moments(PASS)
    sent |= {"passengers": "赵一\r\n\r\n钱二\r\n"}
    assert park.post("/gates/passes/new/", sent).status_code == 422
    answer = park.post("/gates/passes/new/", sent | {"enterprise": str(at.firm.id)})
    assert answer.status_code == 302
    again = park.post("/gates/passes/new/", sent | {"enterprise": str(at.firm.id)})
    assert "This vehicle has pass no. 1 until" in again.content.decode()
    page = answer.headers["Location"]
    (sheet,) = read(park.post(f"{page}pdf/").content)
    assert "皖D·12345" in sheet
    assert "王强" not in sheet
    assert "赵一" not in sheet
    assert "赵一, 钱二" in text_of(park.get(page))
    assert "皖D12345" in text_of(park.get("/gates/passes/?q=123"))
    assert park.post(f"{page}cancel/").status_code == 302
    assert park.post(f"{page}pdf/").status_code == 409


def test_new_pass_page_when_the_contact_asks_is_refused(at):
    bo = client_of(at, "enterprise_contact", subject=Subject(ENTERPRISE, at.firm.id, at.firm.name))
    assert bo.get("/gates/passes/new/").status_code == 403
    assert bo.get("/gates/passes/").status_code == 200
