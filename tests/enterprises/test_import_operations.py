"""Lists handed in, judged and taken over: what is kept, what is refused, and the audit row of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.ids import new_id
from fugong.core.importing import later, staging
from fugong.core.importing.choices import BatchState
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.enterprises import facts, operations, queries
from fugong.enterprises.choices import SizeClass, StandingState
from fugong.enterprises.models import Enterprise, ImportBatch, ImportRow, NameGram, RegisterEvent, Standing
from tests.enterprises import lists, making
from tests.enterprises.making import NOW

pytestmark = pytest.mark.usefixtures("in_north", "park_a")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ann(north: Authority) -> Actor:
    return making.person(north)


def hand_in(lines: list[list[Any]], *, actor: Actor, now: Any = NOW) -> ImportBatch:
    return operations.start_import(lists.upload(lists.as_xlsx(lines)), actor=actor, now=now)


def taken_over(lines: list[list[Any]], *, actor: Actor, now: Any = NOW) -> ImportBatch:
    return operations.confirm_import(hand_in(lines, actor=actor, now=now).id, actor=actor, now=now)


def outcomes(batch: ImportBatch) -> dict[str, int]:
    return {name: getattr(batch, name) for name in ("new", "changed", "unchanged", "refused")}


def problems(batch: ImportBatch) -> dict[int, dict[str, str]]:
    rows = ImportRow.objects.filter(batch=batch, outcome="refused")
    return {row.number: {name: code for name, code, _details in row.problems} for row in rows}


def test_list_when_handed_in_touches_nothing_on_the_register(ann: Actor) -> None:
    batch = hand_in(lists.rows(3), actor=ann)
    assert outcomes(batch) == {"new": 3, "changed": 0, "unchanged": 0, "refused": 0}
    assert batch.state == BatchState.READ
    assert not Enterprise.objects.exists()
    assert AuditEntry.objects.get(action="enterprises.import_read").changes["rows"] == 3


def test_list_when_confirmed_is_kept_like_single_entries(ann: Actor, park_a: Area) -> None:
    batch = taken_over(lists.rows(3), actor=ann)
    assert batch.state == BatchState.CONFIRMED
    single = making.registered(park_a, name="淮南市第9制衣有限公司")
    imported = Enterprise.objects.get(credit_code=making.credit_code(1))
    assert imported.name_pinyin.split()[:3] == single.name_pinyin.split()[:3]
    assert imported.contact_phone == "13800138000"
    assert imported.tags == ["export_order", "key_project"]
    assert (imported.recorded_by, imported.recorded_at) == (ann.user_id, NOW)
    assert Standing.objects.get(enterprise=imported).state == StandingState.NOT_RESUMED
    event = RegisterEvent.objects.get(enterprise=imported)
    assert (event.at, event.is_present) == (making.midnight(2021, 3, 1), True)
    assert NameGram.objects.filter(enterprise_id=imported.id).count() == len(set(imported.name_key))
    assert queries.totals(queries.standing_counts(ann)).in_scope == 4
    assert len(queries.standing_as_of(ann.authority_id, as_of=NOW, known_at=NOW)) == 4
    assert queries.search(ann, "第1制") == [imported]
    row = AuditEntry.objects.get(action="enterprises.import_confirm")
    assert (row.changes["new"], len(str(row.changes["rows_digest"]))) == (3, 64)
    assert Fact.objects.get(name=facts.ENTERPRISES_IMPORTED).payload["new"] == 3


def test_list_when_imported_twice_changes_nothing(ann: Actor) -> None:
    taken_over(lists.rows(3), actor=ann)
    again = hand_in(lists.rows(3), actor=ann, now=LATER)
    assert outcomes(again) == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}
    with pytest.raises(Conflict) as caught:
        operations.confirm_import(again.id, actor=ann, now=LATER)
    assert caught.value.code == "nothing_new"
    assert RegisterEvent.objects.count() == 3


def test_list_when_it_says_something_else_changes_field_by_field(ann: Actor, park_b: Area) -> None:
    taken_over(lists.rows(3), actor=ann)
    other = lists.row(
        2, name="淮南市新名字有限公司", park="乙园区", staff=7, phone="0554-2512345", address=""
    )
    batch = hand_in([*lists.rows(1), other], actor=ann, now=LATER)
    assert outcomes(batch) == {"new": 0, "changed": 1, "unchanged": 1, "refused": 0}
    row = ImportRow.objects.get(batch=batch, outcome="changed")
    assert set(row.changes) == {"name", "area_id", "normal_staff", "contact_phone"}
    assert row.changes["normal_staff"] == [120, 7]
    assert row.changes["contact_phone"] == ["", ""]

    operations.confirm_import(batch.id, actor=ann, now=LATER)
    changed = Enterprise.objects.get(credit_code=making.credit_code(2))
    assert (changed.name, changed.normal_staff) == ("淮南市新名字有限公司", 7)
    assert (changed.contact_phone, changed.address) == ("0554-2512345", "工业路2号")
    assert queries.search(ann, "新名") == [changed]
    assert queries.search(ann, "第2制") == []
    tallies = queries.standing_counts(ann)
    assert queries.totals(tallies, area_id=park_b.id).in_scope == 1
    assert queries.totals(tallies).in_scope == 3
    assert RegisterEvent.objects.filter(enterprise=changed).count() == 2
    before = queries.standing_as_of(ann.authority_id, as_of=making.noon(2022, 4, 26), known_at=LATER)
    assert not [row for row in before if row.area_id == park_b.id]


def test_list_when_it_changes_no_figure_adds_no_history(ann: Actor) -> None:
    taken_over(lists.rows(1), actor=ann)
    taken_over([list(lists.HEADINGS), lists.row(1, staff=9)], actor=ann, now=LATER)
    assert RegisterEvent.objects.count() == 1


def test_change_of_a_resumed_enterprise_moves_its_counter(ann: Actor, park_b: Area) -> None:
    taken_over(lists.rows(2), actor=ann)
    first = Enterprise.objects.get(credit_code=making.credit_code(1))
    with operation("tests.decide", actor=ann, now=NOW) as op:
        operations.record_standing(first.id, state=StandingState.RESUMED, at=NOW, decision_id=new_id(), op=op)
    taken_over([list(lists.HEADINGS), lists.row(1, park="乙园区", size="规下")], actor=ann, now=LATER)
    tallies = queries.standing_counts(ann)
    assert queries.totals(tallies, area_id=park_b.id, size_class=SizeClass.BELOW).resumed == 1
    assert (queries.totals(tallies).in_scope, queries.totals(tallies).resumed) == (2, 1)


def test_rows_with_errors_are_told_and_left_out(ann: Actor) -> None:
    good = making.credit_code(1)
    lines = [
        list(lists.HEADINGS),
        lists.row(1),
        lists.row(2, code=good[:-1] + ("1" if good[-1] != "1" else "2")),
        lists.row(3, code="123"),
        lists.row(4),
        lists.row(5, code=making.credit_code(4).lower()),
        lists.row(
            6,
            code="9.13E+17",
            size="中型",
            industry="纺织",
            park="丙园区",
            staff="很多",
            entered="昨天",
            tags="重要",
        ),
        lists.row(7, name="", staff=""),
        lists.row(8, entered="2022-05-01", phone="打给我"),
    ]
    batch = hand_in(lines, actor=ann)
    assert outcomes(batch) == {"new": 1, "changed": 0, "unchanged": 0, "refused": 7}
    assert problems(batch) == {
        3: {"credit_code": "code_check"},
        4: {"credit_code": "code_length"},
        5: {"credit_code": "twice_in_file"},
        6: {"credit_code": "twice_in_file"},
        7: {
            "credit_code": "code_scientific",
            "size_class": "unknown_choice",
            "industry": "unknown_choice",
            "area": "unknown_area",
            "normal_staff": "not_a_number",
            "entered_on": "not_a_date",
            "tags": "unknown_choice",
        },
        8: {"name": "missing", "normal_staff": "missing"},
        9: {"entered_on": "date_in_future", "contact_phone": "not_a_phone"},
    }
    operations.confirm_import(batch.id, actor=ann, now=NOW)
    assert Enterprise.objects.get().credit_code == good


def test_rows_about_other_peoples_areas_are_refused(north: Authority, park_a: Area, park_b: Area) -> None:
    theirs = making.registered(park_b)
    of_park_a = making.person(north, areas=frozenset({park_a.id}))
    lines = [*lists.rows(1), lists.row(2, park="乙园区"), lists.row(3, code=theirs.credit_code)]
    batch = hand_in(lines, actor=of_park_a)
    assert problems(batch) == {3: {"area": "area_not_yours"}, 4: {"credit_code": "code_elsewhere"}}
    operations.confirm_import(batch.id, actor=of_park_a, now=NOW)
    assert Enterprise.objects.filter(area=park_b).count() == 1


def test_row_of_an_enterprise_that_left_is_refused(ann: Actor, park_a: Area) -> None:
    made = making.registered(park_a)
    operations.leave_park(made.id, left_on=making.noon(2022, 4, 20).date(), actor=ann, now=NOW)
    batch = hand_in([list(lists.HEADINGS), lists.row(1, code=made.credit_code)], actor=ann)
    assert problems(batch) == {2: {"credit_code": "left_before"}}


def test_list_without_a_day_of_entry_counts_from_today(ann: Actor) -> None:
    lines = [line[:-1] for line in lists.rows(1)]
    batch = taken_over(lines, actor=ann)
    assert Enterprise.objects.get().entered_on == making.noon(2022, 4, 27).date()
    assert ["no_entry_day", {"day": "2022-04-27"}] in [list(each) for each in batch.notices]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"MZ\x90\x00" + b"\0" * 200, "a.xlsx", "not_accepted"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "a.csv", "not_accepted"),
        (lists.as_xlsx(lists.rows(1)), "a.csv", "wrong_name"),
        (lists.as_xlsx([["a", "b"], [1, 2]]), "a.xlsx", "no_header"),
        (lists.as_xlsx(lists.rows(0)), "a.xlsx", "no_rows"),
        (lists.as_xlsx([["企业名称", "统一社会信用代码"], ["a", "b"]]), "a.xlsx", "missing_columns"),
        (b"\xff\x81\x00\x81" * 20, "a.csv", "not_text"),
    ],
)
def test_file_when_no_list_is_refused_and_nothing_kept(
    ann: Actor, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        operations.start_import(SimpleUploadedFile(name, content), actor=ann, now=NOW)
    assert caught.value.code == code
    assert set(caught.value.fields) == {"file"}
    assert not ImportBatch.objects.exists()


def test_file_when_too_large_is_refused(ann: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fugong.core.files.purposes.Purpose.limit", 1000)
    with pytest.raises(Invalid) as caught:
        hand_in(lists.rows(30), actor=ann)
    assert caught.value.code == "too_large"


def test_list_when_the_register_moved_since_is_refused_whole(ann: Actor, park_a: Area) -> None:
    taken_over(lists.rows(1), actor=ann)
    batch = hand_in([*lists.rows(3), lists.row(1, staff=5)][:1] + lists.rows(3)[2:], actor=ann)
    making.registered(park_a, credit_code=making.credit_code(2))
    with pytest.raises(Conflict) as caught:
        operations.confirm_import(batch.id, actor=ann, now=LATER)
    assert caught.value.code == "register_moved"
    assert Enterprise.objects.count() == 2
    assert ImportBatch.objects.get(id=batch.id).state == BatchState.READ


def test_list_when_an_enterprise_of_it_was_changed_since_is_refused_whole(ann: Actor) -> None:
    taken_over(lists.rows(2), actor=ann)
    batch = hand_in([list(lists.HEADINGS), lists.row(1, staff=5), lists.row(3)], actor=ann)
    first = Enterprise.objects.get(credit_code=making.credit_code(1))
    operations.leave_park(first.id, left_on=making.noon(2022, 4, 27).date(), actor=ann, now=LATER)
    with pytest.raises(Conflict) as caught:
        operations.confirm_import(batch.id, actor=ann, now=LATER)
    assert caught.value.code == "register_moved"
    assert Enterprise.objects.count() == 2


def test_list_when_confirmed_twice_is_taken_over_once(ann: Actor) -> None:
    batch = taken_over(lists.rows(2), actor=ann)
    with pytest.raises(Conflict) as caught:
        operations.confirm_import(batch.id, actor=ann, now=LATER)
    assert caught.value.code == "confirmed_before"
    assert Enterprise.objects.count() == 2


def test_list_when_discarded_or_expired_is_forgotten(ann: Actor, north: Authority) -> None:
    discarded, expired = hand_in(lists.rows(1), actor=ann), hand_in(lists.rows(1), actor=ann)
    operations.discard_import(discarded.id, actor=ann, now=LATER)
    much_later = NOW + timedelta(days=4)
    for batch in (discarded, expired):
        with pytest.raises(Conflict):
            operations.confirm_import(batch.id, actor=ann, now=much_later)
    assert operations.expire_imports(north.id, now=much_later) == 1
    assert operations.expire_imports(north.id, now=much_later) == 0
    assert not ImportRow.objects.exists()
    states = dict(ImportBatch.objects.values_list("id", "state"))
    assert states == {discarded.id: BatchState.DISCARDED, expired.id: BatchState.EXPIRED}
    assert AuditEntry.objects.get(action="enterprises.import_expire").changes == {"lists": 1}
    with pytest.raises(Conflict):
        operations.discard_import(discarded.id, actor=ann, now=much_later)


@pytest.fixture
def in_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five rows are a long list, judged in three lots."""
    monkeypatch.setattr(later, "AT_ONCE", 2)
    monkeypatch.setattr(staging, "LOT", 2)


@pytest.mark.usefixtures("in_lots")
@pytest.mark.parametrize("lots_before", [1, 3])
def test_list_when_discarded_while_it_is_read_stays_discarded(
    ann: Actor, monkeypatch: pytest.MonkeyPatch, lots_before: int
) -> None:
    """In the middle, and between the last lot and the end."""
    batch = hand_in(lists.rows(5), actor=ann)
    keep, kept = staging._keep, []

    def keep_then_discard(kind: Any, batch: ImportBatch, rows: Any) -> None:
        keep(kind, batch, rows)
        kept.append(len(rows))
        if len(kept) == lots_before:
            operations.discard_import(batch.id, actor=ann, now=LATER)

    monkeypatch.setattr(staging, "_keep", keep_then_discard)
    operations.read_import(batch.id, actor=ann, now=LATER)
    batch.refresh_from_db()
    assert (batch.state, batch.content, len(kept)) == (BatchState.DISCARDED, "", lots_before)
    assert not ImportRow.objects.exists()
    assert not AuditEntry.objects.filter(action="enterprises.import_judged").exists()
    discarded = AuditEntry.objects.get(action="enterprises.import_discard")
    assert discarded.changes == {"state": [BatchState.READING, BatchState.DISCARDED]}


@pytest.mark.usefixtures("in_lots")
def test_list_when_read_again_after_a_fault_goes_on_where_it_stood(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = hand_in(lists.rows(5), actor=ann)
    keep = staging._keep

    def break_in_the_second_lot(kind: Any, batch: ImportBatch, rows: Any) -> None:
        if batch.done > 2:
            raise OSError("disk")
        keep(kind, batch, rows)

    with monkeypatch.context() as broken:
        broken.setattr(staging, "_keep", break_in_the_second_lot)
        with pytest.raises(OSError, match="disk"):
            operations.read_import(batch.id, actor=ann, now=LATER)
    batch.refresh_from_db()
    assert (batch.state, batch.done) == (BatchState.READING, 2)
    operations.read_import(batch.id, actor=ann, now=LATER)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.new) == (BatchState.READ, 5, 5)


@pytest.mark.usefixtures("in_lots")
@pytest.mark.parametrize("how", ["discarded", "expired"])
def test_list_when_its_take_over_never_came_about_can_be_left(
    ann: Actor, north: Authority, how: BatchState
) -> None:
    batch = hand_in(lists.rows(5), actor=ann)
    operations.read_import(batch.id, actor=ann, now=NOW)
    assert operations.confirm_import(batch.id, actor=ann, now=NOW).state == BatchState.CONFIRMING
    much_later = NOW + timedelta(days=4)
    if how == "discarded":
        operations.discard_import(batch.id, actor=ann, now=LATER)
    else:
        assert operations.expire_imports(north.id, now=much_later) == 1
    operations.take_over(batch.id, actor=ann, now=much_later)
    assert ImportBatch.objects.get().state == how
    assert (Enterprise.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_expired_lists_are_forgotten_when_the_next_is_handed_in(ann: Actor) -> None:
    old = hand_in(lists.rows(1), actor=ann)
    hand_in(lists.rows(1), actor=ann, now=NOW + timedelta(days=4))
    assert ImportBatch.objects.get(id=old.id).state == BatchState.EXPIRED


def test_import_without_the_permission_is_refused(north: Authority, ann: Actor) -> None:
    batch = hand_in(lists.rows(1), actor=ann)
    reader = making.person(north, "enterprises.see")
    for attempt in (
        lambda: hand_in(lists.rows(1), actor=reader),
        lambda: operations.confirm_import(batch.id, actor=reader, now=NOW),
        lambda: operations.discard_import(batch.id, actor=reader, now=NOW),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_list_of_another_person_is_seen_by_who_sees_everything(
    north: Authority, ann: Actor, park_a: Area
) -> None:
    of_park_a = making.person(north, areas=frozenset({park_a.id}))
    own = hand_in(lists.rows(1), actor=of_park_a)
    assert queries.get_import(ann, own.id) == own
    assert queries.list_imports(of_park_a) == [own]
    other = hand_in(lists.rows(1), actor=ann)
    with pytest.raises(NotFound):
        queries.get_import(of_park_a, other.id)
    with pytest.raises(NotFound):
        operations.confirm_import(other.id, actor=of_park_a, now=NOW)


def test_list_of_another_authority_is_not_there(ann: Actor, south: Authority) -> None:
    hand_in(lists.rows(1), actor=ann)
    with acting_for(south.id):
        assert ImportBatch.objects.count() == ImportRow.objects.count() == 0


def test_personal_values_lie_sealed_while_a_list_waits(ann: Actor) -> None:
    batch = hand_in([*lists.rows(1), lists.row(2, code="x", phone="13911112222")], actor=ann)
    for row in ImportRow.objects.filter(batch=batch).values(
        "data", "changes", "problems", "name", "cells", "phone"
    ):
        assert "1380013" not in str(row)
        assert "1391111" not in str(row)
    ((_number, cells, told),) = list(queries.refused_rows(batch))
    assert "13911112222" in cells
    assert told["credit_code"].code == "code_length"
