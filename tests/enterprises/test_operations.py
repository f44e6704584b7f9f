"""Writing to the register: what is kept, what is refused, and the audit row of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.enterprises import facts, operations, queries
from fugong.enterprises.choices import Industry, Kind, SizeClass, StandingState
from fugong.enterprises.models import (
    Enterprise,
    NameGram,
    RegisterEvent,
    Standing,
    StandingCount,
    StandingEvent,
)
from fugong.enterprises.operations import DuplicateEnterprise
from tests.enterprises import making
from tests.enterprises.making import NOW

pytestmark = pytest.mark.usefixtures("in_north")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ann(north: Authority) -> Actor:
    return making.person(north)


def counted(**key: Any) -> int:
    return sum(StandingCount.objects.filter(**key).values_list("number", flat=True))


def audited(action: str) -> AuditEntry:
    return AuditEntry.objects.get(action=action)


def put(
    enterprise: Enterprise, state: StandingState, *, actor: Actor, at: Any = NOW, now: Any = LATER
) -> Standing:
    with operation("tests.decide", actor=actor, now=now) as op:
        return operations.record_standing(enterprise.id, state=state, at=at, decision_id=new_id(), op=op)


def test_register_keeps_all_that_hangs_on_an_enterprise(ann: Actor, park_a: Area) -> None:
    said = making.data(
        park_a.id, name=" 淮南市樂森黑馬樂器有限公司 ", contact_name="李勇", contact_phone="138 0013 8000"
    )
    made = operations.register(said, actor=ann, now=NOW)

    kept = Enterprise.objects.get(id=made.id)
    assert kept.name == "淮南市樂森黑馬樂器有限公司"
    assert (kept.name_key, kept.name_initials) == ("淮南市乐森黑马乐器有限公司", "hnslshmyqyxgs")
    assert kept.contact_phone == "138 0013 8000"
    assert (kept.recorded_at, kept.recorded_by) == (NOW, ann.user_id)
    assert Standing.objects.get(enterprise=kept).state == StandingState.NOT_RESUMED
    assert RegisterEvent.objects.get(enterprise=kept).is_present
    assert NameGram.objects.filter(enterprise_id=kept.id).count() == len("淮南市乐森黑马乐器有限公司")
    assert counted(area=park_a, size_class="above", kind="enterprise", state="not_resumed") == 1
    assert Fact.objects.get(name=facts.ENTERPRISE_REGISTERED).payload == {"enterprise": str(made.id)}


def test_register_writes_an_audit_row_without_readable_personal_values(ann: Actor, park_a: Area) -> None:
    operations.register(
        making.data(park_a.id, contact_name="李勇", contact_phone="13800138000"), actor=ann, now=NOW
    )
    row = audited("enterprises.register")
    assert (row.actor_id, row.at) == (ann.user_id, NOW)
    assert row.changes["size_class"] == "above"
    assert "李勇" not in str(row.changes)
    assert "13800138000" not in str(row.changes)


def test_register_when_the_code_is_taken_names_who_has_it(ann: Actor, park_a: Area, park_b: Area) -> None:
    first = making.registered(park_a)
    with pytest.raises(DuplicateEnterprise) as caught:
        operations.register(making.data(park_b.id, credit_code=first.credit_code.lower()), actor=ann, now=NOW)
    assert caught.value.existing == first
    assert first.name in str(caught.value.fields["credit_code"])
    assert Enterprise.objects.count() == 1
    assert counted() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"credit_code": "91110000600037341M"}, "credit_code"),
        ({"entered_on": date(2022, 4, 28)}, "entered_on"),
        ({"area_id": new_id()}, "area_id"),
    ],
)
def test_register_when_wrong_names_the_field_and_keeps_nothing(
    ann: Actor, park_a: Area, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        operations.register(replace(making.data(park_a.id), **changes), actor=ann, now=NOW)
    assert set(caught.value.fields) == {field}
    assert not Enterprise.objects.exists()
    assert not AuditEntry.objects.filter(action="enterprises.register").exists()


def test_register_when_the_name_is_spelt_longer_than_it_is_written(ann: Actor, park_a: Area) -> None:
    """Two hundred characters, each of six letters in pinyin: more than the column of its spelling holds."""
    data = making.data(park_a.id, name="\u58ee" * 200)
    kept = operations.register(data, actor=ann, now=NOW)
    assert (kept.name, len(kept.name_pinyin)) == (data.name, 1000)
    assert operations.update(kept.id, replace(data, name="\u58ee" * 199), actor=ann, now=NOW).name_key


def test_register_when_the_name_grows_too_long_to_be_compared(ann: Actor, park_a: Area) -> None:
    """One sign (U+FDFA) stands for eighteen letters."""
    with pytest.raises(Invalid) as refused:
        operations.register(making.data(park_a.id, name="\ufdfa" * 12), actor=ann, now=NOW)
    assert list(refused.value.fields) == ["name"]


def test_register_when_it_is_already_tomorrow_in_china_goes_by_the_day_there(
    ann: Actor, park_a: Area
) -> None:
    evening = NOW.replace(hour=17)  # 01:00 of the 28th in China
    said = making.data(park_a.id, entered_on=date(2022, 4, 28))
    assert operations.register(said, actor=ann, now=evening).entered_on == date(2022, 4, 28)


def test_update_changes_only_what_differs(ann: Actor, park_a: Area, park_b: Area) -> None:
    made = making.registered(park_a, name="富华服饰有限公司")
    said = replace(queries.data_of(made), name="富华制衣有限公司", area_id=park_b.id, normal_staff=500)
    operations.update(made.id, said, actor=ann, now=LATER)

    kept = Enterprise.objects.get(id=made.id)
    assert (kept.name, kept.area_id, kept.normal_staff) == ("富华制衣有限公司", park_b.id, 500)
    assert not queries.search(ann, "服饰")
    assert queries.search(ann, "制衣") == [kept]
    assert (counted(area=park_a), counted(area=park_b)) == (0, 1)
    changes = audited("enterprises.update").changes
    assert set(changes) == {"name", "area_id", "normal_staff"}
    assert changes["normal_staff"] == [120, 500]
    assert Fact.objects.filter(name=facts.ENTERPRISE_UPDATED).count() == 1


def test_update_when_nothing_differs_writes_nothing(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    operations.update(made.id, queries.data_of(made), actor=ann, now=LATER)
    assert not AuditEntry.objects.filter(action="enterprises.update").exists()
    assert RegisterEvent.objects.count() == 1


def test_update_when_the_code_is_taken_is_refused(ann: Actor, park_a: Area) -> None:
    first, second = making.registered(park_a), making.registered(park_a)
    said = replace(queries.data_of(second), credit_code=first.credit_code)
    with pytest.raises(DuplicateEnterprise):
        operations.update(second.id, said, actor=ann, now=LATER)
    assert Enterprise.objects.get(id=second.id).credit_code == second.credit_code


def test_update_when_since_lies_before_entry_is_refused(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    said = replace(queries.data_of(made), size_class=SizeClass.BELOW)
    with pytest.raises(Invalid) as caught:
        operations.update(made.id, said, actor=ann, now=LATER, since=date(2019, 1, 1))
    assert set(caught.value.fields) == {"since"}
    assert Enterprise.objects.get(id=made.id).size_class == SizeClass.ABOVE


def test_update_when_the_day_of_entry_was_noted_wrongly_moves_it(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a, entered_on=date(2021, 1, 1))
    said = replace(queries.data_of(made), entered_on=date(2022, 1, 1))
    operations.update(made.id, said, actor=ann, now=LATER)
    before = queries.standing_as_of(made.authority_id, as_of=NOW - timedelta(days=300), known_at=LATER)
    after = queries.standing_as_of(made.authority_id, as_of=NOW, known_at=LATER)
    assert (len(before), len(after)) == (0, 1)


def test_update_when_the_enterprise_had_left_keeps_the_day_of_entry(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    operations.leave_park(made.id, left_on=date(2022, 4, 1), actor=ann, now=NOW)
    said = replace(queries.data_of(made), entered_on=date(2021, 1, 1))
    with pytest.raises(Conflict) as caught:
        operations.update(made.id, said, actor=ann, now=LATER)
    assert caught.value.code == "has_left"


def test_update_when_work_resumed_before_the_new_day_of_entry_is_refused(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    put(made, StandingState.RESUMED, actor=ann, at=NOW - timedelta(days=30))
    said = replace(queries.data_of(made), entered_on=date(2022, 4, 20))
    with pytest.raises(Conflict) as caught:
        operations.update(made.id, said, actor=ann, now=LATER)
    assert caught.value.code == "resumed_before"


def test_leaving_and_coming_back_are_counted(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    operations.leave_park(made.id, left_on=date(2022, 4, 20), actor=ann, now=NOW, note="搬迁")
    assert counted() == 0
    assert audited("enterprises.leave_park").note == "搬迁"
    assert Fact.objects.filter(name=facts.ENTERPRISE_LEFT).count() == 1
    operations.readmit(made.id, entered_on=date(2022, 4, 25), actor=ann, now=NOW)
    assert counted() == 1
    assert audited("enterprises.readmit").changes["back_on"] == [None, "2022-04-25"]

    present = {
        day: len(queries.standing_as_of(made.authority_id, as_of=making.noon(2022, 4, day), known_at=LATER))
        for day in (19, 20, 24, 25)
    }
    assert present == {19: 1, 20: 0, 24: 0, 25: 1}


@pytest.mark.parametrize(
    ("day", "code"), [(date(2022, 4, 28), "date_in_future"), (date(2019, 1, 1), "date_too_early")]
)
def test_leave_when_the_day_cannot_be_is_refused(ann: Actor, park_a: Area, day: date, code: str) -> None:
    made = making.registered(park_a)
    with pytest.raises(Invalid) as caught:
        operations.leave_park(made.id, left_on=day, actor=ann, now=NOW)
    assert caught.value.code == code
    assert counted() == 1


def test_leave_when_left_and_readmit_when_present_are_refused(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    with pytest.raises(Conflict):
        operations.readmit(made.id, entered_on=date(2022, 4, 25), actor=ann, now=NOW)
    operations.leave_park(made.id, left_on=date(2022, 4, 20), actor=ann, now=NOW)
    with pytest.raises(Conflict):
        operations.leave_park(made.id, left_on=date(2022, 4, 20), actor=ann, now=NOW)


def test_standing_when_recorded_moves_the_counters(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    put(made, StandingState.RESUMED, actor=ann)
    assert (counted(state="not_resumed"), counted(state="resumed")) == (0, 1)
    standing = Standing.objects.get(enterprise=made)
    assert (standing.state, standing.since) == (StandingState.RESUMED, NOW)
    event = StandingEvent.objects.get(enterprise=made)
    assert (event.at, event.recorded_at, event.decision_id) == (NOW, LATER, standing.decision_id)
    row = AuditEntry.objects.get(action="tests.decide")
    assert row.changes["standing"] == ["not_resumed", "resumed"]
    assert Fact.objects.get(name=facts.STANDING_CHANGED).payload["state"] == "resumed"


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ([StandingState.SUSPENDED], "wrong_standing"),
        ([StandingState.NOT_RESUMED], "wrong_standing"),
        ([StandingState.RESUMED, StandingState.RESUMED], "wrong_standing"),
    ],
)
def test_standing_when_it_cannot_follow_is_refused(
    ann: Actor, park_a: Area, states: list[StandingState], code: str
) -> None:
    made = making.registered(park_a)
    for state in states[:-1]:
        put(made, state, actor=ann)
    with pytest.raises(Conflict) as caught:
        put(made, states[-1], actor=ann, at=LATER)
    assert caught.value.code == code
    assert counted() == 1
    assert StandingEvent.objects.count() == len(states) - 1


def test_standing_when_left_or_backdated_or_to_come_is_refused(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    with pytest.raises(Invalid):
        put(made, StandingState.RESUMED, actor=ann, at=LATER + timedelta(minutes=1))
    put(made, StandingState.RESUMED, actor=ann, at=NOW)
    with pytest.raises(Conflict) as caught:
        put(made, StandingState.SUSPENDED, actor=ann, at=NOW - timedelta(minutes=1))
    assert caught.value.code == "later_standing"
    operations.leave_park(made.id, left_on=date(2022, 4, 27), actor=ann, now=LATER)
    with pytest.raises(Conflict) as caught:
        put(made, StandingState.SUSPENDED, actor=ann, at=LATER)
    assert caught.value.code == "has_left"


def test_standing_of_an_unknown_enterprise_is_not_found(ann: Actor) -> None:
    with pytest.raises(NotFound):
        put(Enterprise(id=new_id()), StandingState.RESUMED, actor=ann)


@pytest.mark.parametrize("table", [RegisterEvent, StandingEvent])
def test_history_when_changed_or_removed_is_refused_by_the_database(
    ann: Actor, park_a: Area, table: Any
) -> None:
    made = making.registered(park_a)
    put(made, StandingState.RESUMED, actor=ann)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        table.objects.update(recorded_at=NOW)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        table.objects.all()._raw_delete("default")


def test_enterprise_when_removed_is_refused_by_the_database(ann: Actor, park_a: Area) -> None:
    making.registered(park_a)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Enterprise.objects.all()._raw_delete("default")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.ENTERPRISE])
def test_totals_count_enterprises_proper_only(ann: Actor, park_a: Area, kind: Kind) -> None:
    making.registered(park_a, kind=kind)
    making.registered(park_a, size_class=SizeClass.BELOW, industry=Industry.F)
    tallies = queries.standing_counts(ann)
    assert queries.totals(tallies).in_scope == 1
    assert queries.totals(tallies, size_class=SizeClass.ABOVE).in_scope == 0
    assert len(tallies) == 2


def test_operations_when_the_permission_is_missing_are_refused(north: Authority, park_a: Area) -> None:
    made = making.registered(park_a)
    reader = making.person(north, "enterprises.see")
    said = replace(queries.data_of(made), normal_staff=1)
    for attempt in (
        lambda: operations.register(making.data(park_a.id), actor=reader, now=NOW),
        lambda: operations.update(made.id, said, actor=reader, now=NOW),
        lambda: operations.leave_park(made.id, left_on=date(2022, 4, 20), actor=reader, now=NOW),
        lambda: operations.readmit(made.id, entered_on=date(2022, 4, 20), actor=reader, now=NOW),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert Enterprise.objects.get(id=made.id).normal_staff == 120


def test_update_when_moved_into_another_persons_park_is_refused(
    north: Authority, park_a: Area, park_b: Area
) -> None:
    made = making.registered(park_a)
    of_park_a = making.person(north, areas=frozenset({park_a.id}))
    said = replace(queries.data_of(made), area_id=park_b.id)
    with pytest.raises(NotPermitted) as caught:
        operations.update(made.id, said, actor=of_park_a, now=LATER)
    assert caught.value.code == "area_not_yours"
