"""Two files become one and two again: exactly, in sight only, and found by either number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.people import operations, queries
from fugong.people.choices import DocumentKind
from fugong.people.models import Employment, FileMerge, Person
from tests.people.making import NOW, TODAY, data, job, keeper, registered

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=2)
PASSPORT = {"document_kind": DocumentKind.PASSPORT, "document": "E12345678"}


@pytest.fixture
def files(at):
    """One person by a resident ID and by a passport, at one enterprise."""
    return registered(at.firm, name="李伟"), registered(at.firm, name="李伟", **PASSPORT)


def rows():
    """All that stands in both files, but when they were last changed."""
    people = {row["id"]: dict(row) for row in Person.objects.values()}
    for row in people.values():
        row.pop("changed_at")
        for name in ("document", "phone"):
            row[name] = row[name].raw
    return people, {row["id"]: row for row in Employment.objects.values()}


def merged(at, kept, other, **more):
    return operations.merge(kept.id, other.id, reason="同一人", actor=at.ann, now=LATER, **more)


def test_undoing_restores_both_files_exactly(at, files):
    before = rows()
    row = merged(at, *files)
    assert rows() != before
    operations.undo_merge(row.id, reason="看错了", actor=at.ann, now=AFTER)
    assert rows() == before


def test_a_merged_file_is_found_by_either_number_and_shown_once(at, files):
    kept, other = files
    number, passport = str(kept.document), str(other.document)
    merged(at, kept, other)
    assert [each.id for each in queries.list_people(at.ann)] == [kept.id]
    for text in (number, passport):
        assert [each.id for each in queries.matching(queries.list_people(at.ann), text)] == [kept.id]
        assert queries.find_by_document(at.ann, text).id == kept.id
    assert queries.get_person(at.ann, other.id).id == kept.id
    assert {work.row.person_id for work in queries.list_employments(at.ann, kept.id)} == {kept.id, other.id}
    assert queries.ids_of(at.authority.id, kept.id) == [kept.id, other.id]


def test_registering_a_merged_number_again_opens_no_file_and_changes_no_number(at, files):
    kept, other = files
    merged(at, kept, other)
    again = operations.register(
        data(name="李伟", lodging="西宿舍", **PASSPORT), job(at.firm.id), actor=at.ann, now=AFTER
    )
    assert again.id == kept.id
    fresh = Person.objects.get(id=kept.id)
    assert (fresh.lodging, fresh.document_kind) == ("西宿舍", DocumentKind.RESIDENT_ID)
    assert Person.objects.count() == 2


def test_what_was_written_in_between_stays_where_it_was_written(at, files):
    kept, other = files
    row = merged(at, kept, other)
    operations.employ(
        kept.id, job(at.neighbour.id, starts_on=TODAY), actor=at.ann, now=LATER + timedelta(minutes=5)
    )
    operations.undo_merge(row.id, reason="看错了", actor=at.ann, now=AFTER)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert kept.enterprise_id == at.neighbour.id
    assert (other.enterprise_id, other.merged_into_id) == (None, None)
    assert Employment.objects.get(person=other).ends_on == TODAY


def test_leaving_is_said_of_both_files(at, files):
    kept, other = files
    merged(at, kept, other)
    operations.end_employment(kept.id, on=TODAY, actor=at.ann, now=AFTER)
    assert not Employment.objects.filter(ends_on=None).exists()


def test_an_employment_of_the_other_file_is_the_persons(at):
    kept = registered(at.firm, name="李伟")
    operations.end_employment(kept.id, on=TODAY, actor=at.ann, now=LATER)
    other = registered(at.firm, name="李伟", **PASSPORT)
    everywhere = replace(at.ann, all_areas=True, areas=frozenset())
    row = operations.merge(kept.id, other.id, reason="同一人", actor=everywhere, now=LATER)
    assert Person.objects.get(id=kept.id).enterprise_id == at.firm.id
    assert queries.list_people(at.bo).get().id == kept.id
    operations.undo_merge(row.id, reason="看错了", actor=everywhere, now=AFTER)
    assert Person.objects.get(id=kept.id).enterprise_id is None
    assert Person.objects.get(id=other.id).enterprise_id == at.firm.id


def test_nobody_merges_what_is_out_of_sight(at, files):
    kept, _other = files
    far = registered(at.far, name="李伟")
    with pytest.raises(NotFound):
        merged(at, kept, far)
    bo = replace(at.bo, permissions=at.bo.permissions - {"people.merge"})
    with pytest.raises(NotPermitted):
        operations.merge(files[0].id, files[1].id, reason="x", actor=bo, now=LATER)
    row = merged(at, *files)
    stranger = keeper(at.far.area)
    with pytest.raises(NotFound):
        operations.undo_merge(row.id, reason="x", actor=stranger, now=AFTER)
    assert not AuditEntry.objects.filter(action="people.undo_merge").exists()


def test_what_cannot_be_merged_is_refused(at, files):
    kept, other = files
    for reason in ("", "  "):
        with pytest.raises(Invalid):
            operations.merge(kept.id, other.id, reason=reason, actor=at.ann, now=LATER)
    with pytest.raises(Invalid):
        operations.merge(kept.id, kept.id, reason="x", actor=at.ann, now=LATER)
    elsewhere = registered(at.neighbour, name="李伟")
    with pytest.raises(Conflict) as refused:
        merged(at, kept, elsewhere)
    assert refused.value.code == "two_employments"
    merged(at, kept, other)
    third = registered(at.firm, name="李伟")
    with pytest.raises(Conflict) as refused:
        merged(at, third, kept)
    assert refused.value.code == "keeps_another"
    with pytest.raises(NotFound):
        merged(at, third, other)
    row = FileMerge.objects.get()
    operations.undo_merge(row.id, reason="看错了", actor=at.ann, now=AFTER)
    with pytest.raises(Conflict) as refused:
        operations.undo_merge(row.id, reason="看错了", actor=at.ann, now=AFTER)
    assert refused.value.code == "undone"


def test_files_alike_are_listed_and_what_was_said_is_remembered(at, files):
    registered(at.firm, name="李伟", phone="13800000009", home_region="420102")
    registered(at.firm, name="王芳")
    (pair,) = queries.list_likely_pairs(at.ann)
    assert {pair.one.id, pair.another.id} == {each.id for each in files}
    assert queries.list_likely_pairs(keeper(at.far.area)) == []
    operations.say_two_people(files[0].id, files[1].id, actor=at.ann, now=LATER)
    operations.say_two_people(files[1].id, files[0].id, actor=at.ann, now=LATER)
    assert queries.list_likely_pairs(at.ann) == []


def test_a_like_file_beyond_ones_sight_is_not_betrayed(at):
    near = registered(at.firm, name="赵敏", phone="13700000001")
    registered(at.far, name="赵敏", phone="13700000001")
    assert queries.list_likely_pairs(at.ann) == []
    found = queries.list_candidates(at.ann, name_key="赵敏", phone="13700000001")
    assert [each.id for each in found] == [near.id]
    assert queries.list_candidates(at.bo, name_key="赵", phone="137") == []


def test_the_list_of_likely_pairs_costs_the_same_for_few_and_many(at, files):
    costs = []
    for number in (3, 12):
        for _each in range(number):
            registered(at.firm, name="王芳", phone="13700000001")
        with CaptureQueriesContext(connection) as captured:
            queries.list_likely_pairs(at.ann)
        costs.append(len(captured))
    assert costs[0] == costs[1]
