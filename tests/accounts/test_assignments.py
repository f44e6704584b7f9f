from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fugong.accounts import operations, queries
from fugong.accounts.models import Assignment
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for

from .making import INSTRUCTOR, LEADER, NOW, acting, authority, enterprise, grant, holder, system, user

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture
def north():
    return authority()


def assign(person, subject, *, kind=LEADER, starts_on=TODAY, actor=None):
    return operations.assign(
        person, kind=kind, subject=subject, starts_on=starts_on, actor=actor or system_of(person), now=NOW
    )


def system_of(person):
    return system(type("Of", (), {"id": person.authority_id}))


def answering(of, subjects, *, on=TODAY):
    with acting_for(of.id):
        rows = queries.list_answering("enterprise", [each.id for each in subjects], on=on, actor=system(of))
    return {(row.subject_id, row.kind, row.user.name) for row in rows}


def test_somebody_answers_from_the_first_day_until_before_the_last(north):
    ann, firm = user(north), enterprise()
    made = assign(ann, firm)
    assert answering(north, [firm], on=YESTERDAY) == set()
    assert answering(north, [firm]) == {(firm.id, "leader", "Ann")}
    operations.end_assignment(made, ends_on=TOMORROW, actor=system(north), now=NOW)
    assert answering(north, [firm]) == {(firm.id, "leader", "Ann")}
    assert answering(north, [firm], on=TOMORROW) == set()


def test_the_record_says_who_assigned_and_the_words_of_the_playbook(north):
    commander = acting(holder(north, "commander"))
    made = assign(user(north), enterprise("一厂"), actor=commander)
    with acting_for(north.id):
        row = Assignment.objects.get(id=made.id)
        entry = AuditEntry.objects.get(action="accounts.assign")
    assert (row.assigned_by_id, row.subject_label, row.kind_name_zh) == (
        commander.user_id,
        "一厂",
        "包保领导",
    )
    assert (entry.subject_id, entry.changes["kind"]) == (str(made.id), "leader")


def test_the_same_twice_at_a_time_is_refused(north):
    ann, firm = user(north), enterprise()
    assign(ann, firm)
    with pytest.raises(Conflict) as refused:
        assign(ann, firm, starts_on=TOMORROW)
    assert refused.value.code == "assigned_already"


def test_the_database_itself_refuses_the_same_twice_at_a_time(north):
    ann, firm = user(north), enterprise()
    made = assign(ann, firm)
    made.id, made.starts_on = new_id(), TOMORROW
    with (
        acting_for(north.id),
        pytest.raises(IntegrityError, match="assignment_not_twice"),
        transaction.atomic(),
    ):
        made.save(force_insert=True)


def test_another_kind_another_person_another_time_may_be_beside_it(north):
    ann, bo, firm = user(north), user(north, name="Bo"), enterprise()
    first = assign(ann, firm)
    assign(ann, firm, kind=INSTRUCTOR)
    assign(bo, firm)
    operations.end_assignment(first, ends_on=TOMORROW, actor=system(north), now=NOW)
    assign(ann, firm, starts_on=TOMORROW)
    assert len(answering(north, [firm], on=TOMORROW)) == 3


def test_it_cannot_end_before_it_starts_nor_twice(north):
    made = assign(user(north), enterprise())
    with pytest.raises(Invalid) as refused:
        operations.end_assignment(made, ends_on=YESTERDAY, actor=system(north), now=NOW)
    assert refused.value.code == "ends_before_start"
    operations.end_assignment(made, ends_on=TODAY, actor=system(north), now=NOW)
    with pytest.raises(Conflict) as refused_again:
        operations.end_assignment(made, ends_on=TODAY, actor=system(north), now=NOW)
    assert refused_again.value.code == "ended_already"


def test_handing_over_leaves_no_day_without_anybody_and_none_with_both(north):
    ann, bo, firm = user(north), user(north, name="Bo"), enterprise()
    made = assign(ann, firm)
    operations.hand_over(made, to=bo, starts_on=TOMORROW, actor=system(north), now=NOW, note="leave")
    assert answering(north, [firm]) == {(firm.id, "leader", "Ann")}
    assert answering(north, [firm], on=TOMORROW) == {(firm.id, "leader", "Bo")}
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="accounts.hand_over")
    assert entry.changes["user"] == [ann.username, bo.username]


def test_handing_over_to_somebody_who_has_it_leaves_everything_as_it_was(north):
    ann, bo, firm = user(north), user(north, name="Bo"), enterprise()
    made = assign(ann, firm)
    assign(bo, firm)
    with pytest.raises(Conflict):
        operations.hand_over(made, to=bo, starts_on=TOMORROW, actor=system(north), now=NOW)
    assert (firm.id, "leader", "Ann") in answering(north, [firm], on=TOMORROW)


@pytest.mark.parametrize("how", ["assign", "hand_over"])
def test_leavers_answer_for_nobody(north, how):
    ann, gone, firm = user(north), user(north), enterprise()
    made = assign(ann, firm)
    operations.leave(gone, actor=system(north), now=NOW)

    def ask():
        if how == "assign":
            return assign(gone, firm)
        return operations.hand_over(made, to=gone, starts_on=TOMORROW, actor=system(north), now=NOW)

    with pytest.raises(Conflict) as refused:
        ask()
    assert refused.value.code == "left"


@pytest.mark.parametrize("how", ["assign", "hand_over"])
def test_whoever_speaks_for_an_enterprise_answers_for_none(north, how):
    ann, firm = user(north), enterprise()
    contact = holder(north, "enterprise_contact", subject=enterprise("竞争对手"))
    grant(contact, "instructor")
    made = assign(ann, firm)

    def ask():
        if how == "assign":
            return assign(contact, firm)
        return operations.hand_over(made, to=contact, starts_on=TOMORROW, actor=system(north), now=NOW)

    with acting_for(north.id):
        before = AuditEntry.objects.count()
    with pytest.raises(Conflict) as refused:
        ask()
    assert refused.value.code == "speaks_for_one"
    with acting_for(north.id):
        assert AuditEntry.objects.count() == before
    assert answering(north, [firm], on=TOMORROW) == {(firm.id, "leader", "Ann")}


def test_whoever_spoke_for_an_enterprise_until_now_may_answer_for_one(north):
    contact = holder(north, "enterprise_contact", subject=enterprise())
    with acting_for(north.id):
        held = contact.memberships.get()
    operations.revoke_role(held, actor=system(north), now=NOW)
    firm = enterprise()
    assign(contact, firm)
    assert len(answering(north, [firm])) == 1


def test_whoever_leaves_never_begins_what_would_have_started_later(north):
    ann, firm = user(north), enterprise()
    assign(ann, firm, starts_on=TOMORROW)
    operations.leave(ann, actor=system(north), now=NOW)
    assert answering(north, [firm], on=TOMORROW) == set()


def test_gaps_and_double_cover_are_named(north):
    ann, bo = user(north, "ann"), user(north, "boris", name="Bo")
    nobody, one, two = enterprise(), enterprise(), enterprise()
    assign(ann, one)
    assign(ann, two)
    assign(bo, two)
    ids = [nobody.id, one.id, two.id]
    with acting_for(north.id):
        gaps, double = queries.check_coverage("enterprise", ids, on=TODAY, actor=system(north))
        instructors, _none = queries.check_coverage(
            "enterprise", ids, kinds=["instructor"], on=TODAY, actor=system(north)
        )
    assert [row.subject_id for row in gaps] == [nobody.id]
    assert [(row.subject_id, row.names) for row in double] == [(two.id, ("Ann", "Bo"))]
    assert [row.subject_id for row in instructors] == ids


def test_loads_count_subjects_per_person_and_kind(north, django_assert_num_queries):
    ann, bo = user(north), user(north, name="Bo")
    for _ in range(3):
        assign(ann, enterprise())
    assign(bo, enterprise())
    assign(bo, enterprise(), kind=INSTRUCTOR)
    with acting_for(north.id), django_assert_num_queries(2):
        loads = queries.list_loads("enterprise", on=TODAY, actor=system(north))
    assert sorted((load.user.name, load.kind, load.subjects) for load in loads) == [
        ("Ann", "leader", 3),
        ("Bo", "instructor", 1),
        ("Bo", "leader", 1),
    ]
    assert loads[0].subjects == 3


def test_what_is_in_a_persons_care_is_of_the_day(north):
    ann, now_hers, later_hers = user(north), enterprise(), enterprise()
    assign(ann, now_hers)
    assign(ann, later_hers, starts_on=TOMORROW)
    with acting_for(north.id):
        found = queries.list_subject_ids(ann.id, subject_kind="enterprise", on=TODAY, actor=system(north))
    assert found == {now_hers.id}
    assert acting(ann).cared_for == {now_hers.id}


@pytest.mark.parametrize(
    ("role", "allowed"), [("commander", True), ("inspector", False), ("security_admin", False)]
)
def test_responsibility_is_said_by_those_whose_role_allows_it(north, role, allowed):
    actor = acting(holder(north, role))
    ann, firm = user(north), enterprise()
    if allowed:
        assert assign(ann, firm, actor=actor)
        return
    with pytest.raises(NotPermitted):
        assign(ann, firm, actor=actor)
    assert answering(north, [firm]) == set()


def test_assignments_of_another_authority_are_not_there(north):
    firm = enterprise()
    assign(user(north), firm)
    south = authority("south")
    assert answering(south, [firm]) == set()
