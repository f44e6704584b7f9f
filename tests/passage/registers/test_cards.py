from __future__ import annotations

from datetime import timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.secrets import keys_folder
from fugong.core.tenancy import acting_for
from fugong.passage.models import Card, ShiftHours
from fugong.passage.operations import cards as operations
from fugong.passage.operations.cards import issue_card, issue_cards, revoke_card
from fugong.passage.operations.keys import rotate_keys, withdraw_key
from fugong.passage.queries.cards import cards_of_person, get_card, good_cards_of
from fugong.passage.queries.gates import place_numbers
from fugong.passage.queries.keys import code_secrets, public_keys
from fugong.passage.queries.printing import codes_of_cards
from fugong.passage.rules.codes import Fault, minute_of
from fugong.passage.rules.printed import PrintedCode, fault_offline, fault_online
from fugong.passage.web.own_codes import copied
from fugong.people.queries import worker_of
from tests.accounts import making as accounts
from tests.core.papers.test_pdf import read
from tests.enterprises import making as register
from tests.passage.registers import making
from tests.passage.registers.making import NOW
from tests.passage.registers.test_web import client_of, text_of
from tests.people import making as people
from tests.people.own import making as phones
from tests.racing import at_once

LATER = NOW + timedelta(minutes=5)


def code_of(card, at):
    return PrintedCode.parse(codes_of_cards([card], authority_id=at.authority.id)[card.id])


def test_issue_card_when_printed_is_good_at_gates_with_and_without_a_network(at):
    person = people.registered(at.firm)
    card = issue_card(person.id, actor=at.bo, now=NOW)
    code = code_of(card, at)
    assert fault_online(code, code_secrets(at.authority.id), LATER) is None
    assert fault_offline(code, public_keys(at.authority.id), LATER) is None
    assert fault_online(code, code_secrets(at.authority.id), NOW + timedelta(days=90)) is Fault.EXPIRED
    assert (code.printed.subject, code.printed.serial) == (person.id, 1)
    assert code.printed.place == place_numbers(at.authority.id)[at.firm.id] == 1
    assert code.printed.valid_from == minute_of(NOW)
    assert code.printed.hours is None


def test_code_when_the_shift_has_hours_carries_them(at):
    person = people.registered(at.firm)
    people.operations.employ(
        person.id, people.job(at.firm.id, shift="白班"), actor=making.system(at), now=people.NOW
    )
    ShiftHours.objects.create(
        authority=at.authority, enterprise=at.firm, shift="白班", starts=480, ends=1020, recorded_at=NOW
    )
    assert code_of(issue_card(person.id, actor=at.bo, now=NOW), at).printed.hours == (480, 1020)


def test_code_when_the_key_was_renewed_is_the_same_and_when_it_was_lost_none(at, settings):
    card = issue_card(people.registered(at.firm).id, actor=at.bo, now=NOW)
    before = codes_of_cards([card], authority_id=at.authority.id)
    rotate_keys(actor=making.system(at), now=NOW)
    assert codes_of_cards([card], authority_id=at.authority.id) == before
    for file in keys_folder(settings.FUGONG_HOME).glob("gate-*.key"):
        file.unlink()
    assert codes_of_cards([card], authority_id=at.authority.id) == {}


def test_issue_cards_when_the_key_was_withdrawn_then_all_get_another(at):
    person = people.registered(at.firm)
    (first,) = issue_cards(at.firm.id, actor=at.bo, now=NOW).cards
    withdraw_key(first.key_id, actor=making.system(at), now=LATER)
    assert codes_of_cards([first], authority_id=at.authority.id) == {}
    assert good_cards_of(at.firm.id, actor=at.bo, now=LATER) == []
    (second,) = issue_cards(at.firm.id, actor=at.bo, now=LATER).cards
    assert list(codes_of_cards([first, second], authority_id=at.authority.id)) == [second.id]
    assert [card.serial for card in cards_of_person(person.id, actor=at.bo)] == [2, 1]


def test_issue_card_when_there_is_one_takes_it_back(at):
    person = people.registered(at.firm)
    first = issue_card(person.id, actor=at.bo, now=NOW)
    second = issue_card(person.id, days=7, actor=at.ann, now=LATER)
    first.refresh_from_db()
    assert (first.revoked_at, second.revoked_at, second.serial) == (LATER, None, 2)
    assert cards_of_person(person.id, actor=at.bo) == [second, first]
    entry = AuditEntry.objects.filter(action="passage.issue_card").latest("id")
    assert entry.changes["instead_of"] == [1]


def test_issue_card_when_two_issue_at_once_leaves_one_good(committed_db, settings, tmp_path):
    settings.FUGONG_HOME = tmp_path
    authority = accounts.authority()
    with acting_for(authority.id):
        firm = register.registered(register.park(authority))
        person, bo = people.registered(firm), making.contact(firm)
    at_once(*[lambda: issue_card(person.id, actor=bo, now=LATER)] * 3)
    with acting_for(authority.id):
        assert sorted(Card.objects.values_list("serial", flat=True)) == [1, 2, 3]
        assert Card.objects.filter(revoked_at=None).count() == 1


def test_issue_card_when_not_permitted_or_not_there_refuses(at):
    person = people.registered(at.firm)
    with pytest.raises(NotFound):
        issue_card(person.id, actor=making.contact(at.neighbour), now=NOW)
    with pytest.raises(NotPermitted):
        issue_card(person.id, actor=making.contact(at.firm, without="passage.issue"), now=NOW)
    for days in (0, 367):
        with pytest.raises(Invalid):
            issue_card(person.id, days=days, actor=at.bo, now=NOW)
    assert not Card.objects.exists()


def test_issue_cards_when_some_have_one_gives_it_to_the_others(at):
    staff = [people.registered(at.firm) for _each in range(4)]
    first = issue_card(staff[0].id, actor=at.bo, now=NOW)
    people.registered(at.neighbour)
    issued = issue_cards(at.firm.id, days=30, actor=at.bo, now=NOW)
    assert sorted(card.serial for card in issued.cards) == [2, 3, 4]
    assert {card.person_id for card in issued.cards} == {person.id for person in staff[1:]}
    assert issued.left == 0
    assert len(good_cards_of(at.firm.id, actor=at.bo, now=NOW)) == 4
    first.refresh_from_db()
    assert first.revoked_at is None
    with pytest.raises(Conflict):
        issue_cards(at.firm.id, actor=at.bo, now=NOW)
    with pytest.raises(NotPermitted):
        issue_cards(at.firm.id, actor=making.contact(at.firm, without="passage.issue"), now=NOW)


def test_issue_cards_when_more_than_one_file_holds_leaves_the_rest(at, monkeypatch):
    monkeypatch.setattr(operations, "MOST_AT_ONCE", 2)
    for _each in range(3):
        people.registered(at.firm)
    assert [issue_cards(at.firm.id, actor=at.bo, now=NOW).left for _time in range(2)] == [1, 0]


def test_revoke_card_when_lost_opens_nothing_and_cannot_again(at):
    card = issue_card(people.registered(at.firm).id, actor=at.bo, now=NOW)
    with pytest.raises(NotFound):
        revoke_card(card.id, actor=making.contact(at.neighbour), now=NOW)
    with pytest.raises(NotPermitted):
        revoke_card(card.id, actor=making.contact(at.firm, without="passage.issue"), now=NOW)
    with pytest.raises(NotFound):
        revoke_card(new_id(), actor=at.bo, now=NOW)
    assert revoke_card(card.id, actor=at.bo, now=LATER).revoked_at == LATER
    with pytest.raises(Conflict):
        revoke_card(card.id, actor=at.bo, now=LATER)
    assert good_cards_of(at.firm.id, actor=at.bo, now=LATER) == []


def test_own_copy_when_there_is_a_card_names_it(at):
    person = people.registered(at.firm)
    issue_card(person.id, actor=at.bo, now=NOW)
    worker = worker_of(phones.phone_of(person))
    (row,) = copied(worker, LATER)
    assert list(row.values()) == ["Card 1", "2022-04-27 10:42", "2022-07-26 10:42", "Good"]


def test_get_card_when_anothers_is_not_there(at):
    card = issue_card(people.registered(at.neighbour).id, actor=at.ann, now=NOW)
    assert get_card(at.ann, card.id) == card
    with pytest.raises(NotFound):
        get_card(at.bo, card.id)


def test_card_pages_when_issued_printed_and_taken_back(at):
    park = client_of(at, "reviewer_park", area=at.park)
    with acting_for(at.authority.id):
        person = people.registered(at.firm, name="李伟")
    page = f"/people/{person.id}/"
    assert "No code yet" in text_of(park.get(page))
    assert park.post(f"/gates/cards/person/{person.id}/", {"days": "0"}).status_code == 422
    assert park.post(f"/gates/cards/person/{person.id}/", {"days": "30"}).status_code == 302
    with acting_for(at.authority.id):
        card = Card.objects.get()
    printed = park.post(f"/gates/cards/{card.id}/pdf/")
    assert printed.headers["Content-Type"] == "application/pdf"
    (sheet,) = read(printed.content)
    assert "李*" in sheet
    assert "李伟" not in sheet
    with acting_for(at.authority.id):
        assert AuditEntry.objects.filter(action="exports.make").count() == 1
    assert park.post(f"/gates/cards/{card.id}/revoke/").status_code == 302
    assert "Taken back" in text_of(park.get(page))


def test_cards_of_enterprise_page_when_issued_offers_the_file(at):
    park = client_of(at, "reviewer_park", area=at.park)
    with acting_for(at.authority.id):
        people.registered(at.firm), people.registered(at.firm)
    path = f"/gates/cards/enterprise/{at.firm.id}/"
    assert "2 people have none" in text_of(park.get(path))
    assert park.post(f"{path}pdf/").status_code == 409
    assert park.post(path, {"days": "30"}).status_code == 302
    assert "2 people here have a card" in text_of(park.get(path))
    assert len(read(park.post(f"{path}pdf/", {"part": "1"}).content)) == 1
    assert client_of(at, "inspector").get(path).status_code == 403
