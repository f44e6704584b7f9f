"""The auditor's reading."""

from datetime import timedelta
from uuid import UUID

import pytest

from fugong.core.actor import system_actor
from fugong.core.audit.permissions import may_see
from fugong.core.audit.personal import Personal
from fugong.core.audit.queries import (
    Cursor,
    Filter,
    find_latest,
    get_opened_changes,
    list_entries,
    list_history,
)
from fugong.core.audit.sealing import seal_all
from fugong.core.ids import new_id
from fugong.core.refusals import Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from tests.core.audit.conftest import write
from tests.core.making import NOW, actor_of

pytestmark = pytest.mark.django_db


def notes(page) -> list[str]:
    return [entry.note for entry in page.entries]


def test_entries_come_newest_first_page_by_page_without_gap_or_repeat(authority, ann):
    for hour in range(5):
        write(authority, count=3, at=NOW + timedelta(hours=hour))
    seen, after, pages = [], None, 0
    while True:
        page = list_entries(actor=ann, after=after, limit=4)
        seen += page.entries
        pages += 1
        write(authority, at=NOW + timedelta(days=9))  # comes in while the auditor is turning pages
        if page.next is None:
            break
        after = Cursor.parse(str(page.next))
    assert pages == 4
    assert len(seen) == len({entry.id for entry in seen}) == 15
    keys = [(entry.at, entry.id) for entry in seen]
    assert keys == sorted(keys, reverse=True)


def test_last_full_page_has_no_next(authority, ann):
    write(authority, count=4)
    assert list_entries(actor=ann, limit=4).next is None


def test_page_takes_few_statements(authority, ann, django_assert_num_queries):
    write(authority, count=30)
    with django_assert_num_queries(2):
        list_entries(actor=ann, limit=25)


def test_each_filter_narrows(authority, ann):
    bo = actor_of(authority.id, name="Bo")
    write(authority, note="by bo", actor=bo)
    write(authority, note="other action", action="resumption.refuse")
    write(authority, note="other context", action="support.raise")
    write(authority, note="no subject", subject=None)
    write(authority, note="later", at=NOW + timedelta(days=1))
    asked = {
        "by bo": Filter(actor_id=bo.user_id),
        "other action": Filter(action="resumption.refuse"),
        "other context": Filter(action="support."),
        "later": Filter(since=NOW + timedelta(hours=1)),
    }
    for note, wanted in asked.items():
        assert notes(list_entries(actor=ann, wanted=wanted)) == [note]
    assert "no subject" not in notes(list_entries(actor=ann, wanted=Filter(subject_kind="areas.authority")))
    assert len(notes(list_entries(actor=ann, wanted=Filter(subject_id=str(authority.id))))) == 4
    assert "later" not in notes(list_entries(actor=ann, wanted=Filter(until=NOW + timedelta(days=1))))
    assert notes(list_entries(actor=ann, wanted=Filter(since=NOW, until=NOW))) == []


def test_sealed_entries_show_their_place_in_the_chain(authority, ann):
    first = write(authority, count=2)
    seal_all(authority.id, now=NOW)
    (third,) = write(authority)
    page = list_entries(actor=ann)
    assert page.positions == {first[0].id: 1, first[1].id: 2}
    assert third.id not in page.positions


def test_only_those_whose_role_says_so_may_read(authority):
    stranger = actor_of(authority.id, "users.manage", "resumption.approve")
    (entry,) = write(authority)
    for ask in (lambda: list_entries(actor=stranger), lambda: get_opened_changes(entry.id, actor=stranger)):
        with pytest.raises(NotPermitted):
            ask()
    assert may_see(system_actor(authority.id, "clock"))
    assert not may_see(stranger)


def test_neighbours_auditor_sees_nothing_of_this_authority(authority, neighbour):
    (entry,) = write(authority)
    cai = actor_of(neighbour.id, "audit.see", name="Cai")
    assert list_entries(actor=cai).entries == []
    with pytest.raises(NotFound):
        get_opened_changes(entry.id, actor=cai)
    with acting_for(neighbour.id):
        assert list_history("areas.authority", str(authority.id), authority_id=authority.id) == []


def test_auditor_may_open_personal_values_one_entry_at_a_time(authority, ann):
    (entry,) = write(authority, changes={"phone": Personal("13800138000", "contact")})
    assert "13800138000" not in str(list_entries(actor=ann).entries[0].changes)
    assert get_opened_changes(entry.id, actor=ann) == {"phone": "13800138000"}
    with pytest.raises(NotFound):
        get_opened_changes(new_id(), actor=ann)


def test_latest_act_is_by_its_own_time_and_of_one_authority(authority, neighbour):
    assert find_latest(authority.id) is None
    write(authority, at=NOW + timedelta(hours=1))
    write(authority, at=NOW)
    assert find_latest(authority.id) == NOW + timedelta(hours=1)
    assert find_latest(neighbour.id) is None


def test_history_of_a_subject_is_oldest_first(authority):
    write(authority, note="second", at=NOW + timedelta(hours=1))
    write(authority, note="first", at=NOW)
    write(authority, note="other", subject=None)
    history = list_history("areas.authority", str(authority.id), authority_id=authority.id)
    assert [entry.note for entry in history] == ["first", "second"]


@pytest.mark.parametrize(
    "text", ["", "x", "2022-04-27_x", f"2022-04-27T10:00:00_{UUID(int=1)}", f"_{UUID(int=1)}"]
)
def test_page_address_that_is_none_is_refused(text):
    with pytest.raises(Invalid):
        Cursor.parse(text)
