"""Lists of staff handed in, judged and taken over: what is kept, what is refused, what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.ids import new_id
from fugong.core.importing import later, staging
from fugong.core.importing.choices import BatchState
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.enterprises import operations as register
from fugong.people import facts, operations, queries
from fugong.people.choices import StaffOutcome, Way
from fugong.people.models import Employment, ImportBatch, ImportRow, Person, PersonGram
from tests.enterprises import lists
from tests.people import making, staff_lists
from tests.people.conftest import Ground
from tests.people.making import NOW

LATER = NOW + timedelta(hours=1)


def hand_in(lines: list[list[Any]], at: Ground, *, actor: Actor | None = None, **more: Any) -> ImportBatch:
    given: dict[str, Any] = {"enterprise_id": at.firm.id, "actor": actor or at.ann, "now": NOW}
    return operations.start_import(staff_lists.upload(lines), **given | more)


def taken(lines: list[list[Any]], at: Ground, **more: Any) -> ImportBatch:
    batch = hand_in(lines, at, **more)
    actor, now = more.get("actor") or at.ann, more.get("now", NOW)
    return operations.confirm_import(batch.id, actor=actor, now=now)


def outcomes(batch: ImportBatch) -> dict[str, int]:
    return {name: number for name in StaffOutcome.values if (number := getattr(batch, name))}


def problems(batch: ImportBatch) -> dict[int, dict[str, str]]:
    rows = ImportRow.objects.filter(batch=batch, outcome="refused")
    return {row.number: {name: code for name, code, _details in row.problems} for row in rows}


def test_list_when_handed_in_touches_no_file(at: Ground) -> None:
    batch = hand_in(staff_lists.rows(3), at)
    assert (outcomes(batch), batch.state) == ({"new": 3}, BatchState.READ)
    assert not Person.objects.exists()
    assert AuditEntry.objects.get(action="people.import_read").changes["rows"] == 3


def test_list_when_confirmed_is_kept_like_single_entries(at: Ground) -> None:
    batch = taken(staff_lists.rows(3), at)
    assert batch.state == BatchState.CONFIRMED
    number = making.resident_id(1, born="19880808")
    person = Person.objects.get(document_hash=number)
    typed = making.registered(at.firm, name=person.name)
    for name in ("name_key", "name_pinyin", "name_initials"):
        assert getattr(person, name) == getattr(typed, name)
    assert (person.document, person.phone) == (number, "13900000001")
    assert Person.objects.get(phone_hash="139 0000 0001") == person
    assert (person.home_region, person.lodging, person.way) == ("421100", "宿舍一号楼", Way.LIST)
    grams = [set(PersonGram.objects.filter(person=who).values_list("gram")) for who in (person, typed)]
    assert grams[0] == grams[1]
    work = Employment.objects.get(person=person)
    assert (work.enterprise_id, work.post, work.crew, work.room) == (at.firm.id, "缝纫", "甲班", "101")
    assert (work.starts_on, work.ends_on, work.recorded_by_name) == (date(2022, 4, 1), None, "Ann")
    row = AuditEntry.objects.get(action="people.import_confirm")
    assert (row.changes["new"], len(str(row.changes["rows_digest"]))) == (3, 64)
    assert Fact.objects.get(name=facts.PEOPLE_IMPORTED).payload["new"] == 3
    assert len(queries.people_of_import(at.authority.id, batch.id)) == 3
    (mention,) = queries.list_mentions(person)
    assert (mention.by, mention.file_name, mention.outcome) == ("Ann", "花名册.xlsx", StaffOutcome.NEW)


def test_list_when_imported_twice_changes_nothing(at: Ground) -> None:
    taken(staff_lists.rows(3), at)
    again = hand_in(staff_lists.rows(3), at)
    assert outcomes(again) == {"unchanged": 3}
    with pytest.raises(Conflict) as caught:
        operations.confirm_import(again.id, actor=at.ann, now=LATER)
    assert caught.value.code == "nothing_new"


def test_list_when_it_says_something_else_changes_field_by_field(at: Ground) -> None:
    taken(staff_lists.rows(2), at)
    other = staff_lists.row(2, phone="13800009999", lodging="", crew="乙班", starts="2022-04-03")
    batch = taken([*staff_lists.rows(1), other], at, now=LATER)
    assert outcomes(batch) == {"changed": 1, "unchanged": 1}
    row = ImportRow.objects.get(batch=batch, outcome="changed")
    assert row.changes == {
        "phone": ["", ""],
        "crew": ["甲班", "乙班"],
        "starts_on": ["2022-04-01", "2022-04-03"],
    }
    assert row.phone_before == "13900000002"
    person = Person.objects.get(phone_hash="13800009999")
    assert (person.lodging, person.changed_at) == ("宿舍一号楼", LATER)
    work = Employment.objects.get(person=person)
    assert (work.crew, work.starts_on, work.ends_on) == ("乙班", date(2022, 4, 3), None)
    assert not Person.objects.filter(phone_hash="13900000002").exists()


def test_rows_with_errors_are_told_and_left_out(at: Ground) -> None:
    wrong = {
        2: staff_lists.row(1, document="34040219880808123X"),
        3: staff_lists.row(2, document=making.resident_id(2, born="19880808")[:6] + "19880231" + "0021"),
        4: staff_lists.row(3, document=4.40402198808081e17),
        5: staff_lists.row(4, document="4.4E+17"),
        6: staff_lists.row(5, name=""),
        7: staff_lists.row(6, home="朝阳区"),
        8: staff_lists.row(7, phone="没有"),
        9: staff_lists.row(8, kind="驾照"),
        10: staff_lists.row(9, starts="明年"),
        11: staff_lists.row(10, document=""),
        12: staff_lists.row(11, kind="护照", document="E1"),
        13: staff_lists.row(12, post="长" * 61),
    }
    batch = taken([list(staff_lists.HEADINGS), *wrong.values(), staff_lists.row(20)], at)
    assert problems(batch) == {
        2: {"document": "document_check"},
        3: {"document": "document_birth"},
        4: {"document": "document_scientific"},
        5: {"document": "document_scientific"},
        6: {"name": "missing"},
        7: {"home_region": "region_not_clear"},
        8: {"phone": "not_a_phone"},
        9: {"document_kind": "unknown_choice"},
        10: {"starts_on": "not_a_date"},
        11: {"document": "document_empty"},
        12: {"document": "document_form"},
        13: {"post": "too_long"},
    }
    assert Person.objects.count() == 1
    _number, cells, found = next(queries.refused_rows(batch))
    assert (cells[2], list(found)) == ("34040219880808123X", ["document"])


def test_old_number_of_fifteen_digits_is_the_same_person(at: Ground) -> None:
    taken(staff_lists.rows(1), at)
    full = making.resident_id(1, born="19880808")
    old = staff_lists.row(1, document=full[:6] + full[8:17])
    assert outcomes(hand_in([list(staff_lists.HEADINGS), old], at)) == {"unchanged": 1}
    both = hand_in([*staff_lists.rows(1), old], at)
    assert problems(both) == {2: {"document": "twice_in_file"}, 3: {"document": "twice_in_file"}}


def test_passports_and_rare_characters_are_kept(at: Ground) -> None:
    rare = staff_lists.row(1, name="𠮷·买买提", kind="护照", document="e12345678")
    taken([list(staff_lists.HEADINGS), rare], at)
    person = Person.objects.get()
    assert (person.name, person.document, person.document_kind) == ("𠮷·买买提", "E12345678", "passport")
    spelt = staff_lists.row(1, name="𠮷•买买提", kind="护照", document="E12345678")
    batch = hand_in([list(staff_lists.HEADINGS), spelt], at)
    assert outcomes(batch) == {"changed": 1}


def test_number_twice_in_the_file_is_told_at_both_rows(at: Ground) -> None:
    other = staff_lists.row(1, name="赵某")
    batch = hand_in([*staff_lists.rows(2), staff_lists.row(2), other], at)
    rows = {row.number: row.problems[0][1:] for row in ImportRow.objects.filter(batch=batch)}
    assert rows == {
        2: ["twice_other_name", {"row": 5, "name": "赵某"}],
        3: ["twice_in_file", {"row": 4}],
        4: ["twice_in_file", {"row": 3}],
        5: ["twice_other_name", {"row": 2, "name": staff_lists.row(1)[0]}],
    }


def test_known_number_under_another_name_is_asked_and_never_merged_by_itself(at: Ground) -> None:
    taken(staff_lists.rows(2), at)
    lines = [list(staff_lists.HEADINGS), *(staff_lists.row(each, name="赵某") for each in (1, 2))]
    batch = hand_in(lines, at, now=LATER)
    assert outcomes(batch) == {"question": 2}
    with pytest.raises(Conflict):
        operations.confirm_import(batch.id, actor=at.ann, now=LATER)
    rows = list(queries.questions_of_import(batch))
    assert rows[0].changes["name"] == [staff_lists.row(1)[0], "赵某"]
    operations.choose_rows(batch.id, same=[row.id for row in rows], actor=at.ann, now=LATER)
    operations.choose_rows(batch.id, same=[], other=[rows[1].id], actor=at.ann, now=LATER)
    operations.confirm_import(batch.id, actor=at.ann, now=LATER)
    assert list(Person.objects.filter(name="赵某").values_list("id", flat=True)) == [rows[0].person_id]
    assert PersonGram.objects.filter(gram="赵某", person_id=str(rows[0].person_id)).exists()
    assert AuditEntry.objects.filter(action="people.import_choose").count() == 2
    with pytest.raises(Conflict):
        operations.choose_rows(batch.id, same=[rows[1].id], actor=at.ann, now=LATER)


def test_person_at_another_firm_is_refused_to_a_contact_without_telling_where(at: Ground) -> None:
    taken(staff_lists.rows(1), at, enterprise_id=at.neighbour.id)
    for name in (staff_lists.row(1)[0], "赵某"):
        line = staff_lists.row(1, name=name)
        batch = hand_in([list(staff_lists.HEADINGS), line], at, actor=at.bo)
        assert problems(batch) == {2: {"document": "employed_elsewhere"}}
        row = ImportRow.objects.get(batch=batch)
        assert (row.changes, row.person_id, row.problems[0][2]) == ({}, None, {})


def test_person_at_another_firm_is_moved_by_the_park(at: Ground) -> None:
    taken(staff_lists.rows(1), at, enterprise_id=at.neighbour.id)
    line = staff_lists.row(1, starts="2022-04-20", crew="丙班")
    batch = taken([list(staff_lists.HEADINGS), line], at, now=LATER)
    assert outcomes(batch) == {"moved": 1}
    person = Person.objects.get()
    assert person.enterprise_id == at.firm.id
    before, now = Employment.objects.filter(person=person).order_by("starts_on")
    assert (before.enterprise_id, before.ends_on) == (at.neighbour.id, date(2022, 4, 20))
    assert (now.enterprise_id, now.crew, now.ends_on) == (at.firm.id, "丙班", None)


def test_person_when_moved_before_the_running_work_began_is_refused(at: Ground) -> None:
    taken(staff_lists.rows(1), at, enterprise_id=at.neighbour.id)
    batch = hand_in([list(staff_lists.HEADINGS), staff_lists.row(1, starts="2022-03-01")], at)
    assert problems(batch) == {2: {"starts_on": "starts_before"}}


def test_person_employed_nowhere_is_taken_on_and_what_the_file_says_is_not_shown(at: Ground) -> None:
    taken(staff_lists.rows(2), at, enterprise_id=at.neighbour.id)
    for person in Person.objects.all():
        operations.end_employment(person.id, on=date(2022, 4, 10), actor=at.ann, now=NOW)
    lines = [
        list(staff_lists.HEADINGS),
        staff_lists.row(1, lodging="别处", starts="2022-04-12"),
        staff_lists.row(2, name="赵某", starts="2022-04-12"),
    ]
    batch = taken(lines, at, actor=at.bo, now=LATER)
    assert outcomes(batch) == {"moved": 1, "refused": 1}
    assert ImportRow.objects.get(batch=batch, outcome="moved").changes == {}
    assert problems(batch) == {3: {"document": "known_by_other_name"}}
    assert Person.objects.get(enterprise_id=at.firm.id).lodging == "别处"
    early = hand_in([list(staff_lists.HEADINGS), staff_lists.row(2, starts="2022-04-05")], at, actor=at.bo)
    assert problems(early) == {2: {"starts_on": "starts_before_other"}}


def test_list_of_many_enterprises_names_them_by_name_or_code(at: Ground) -> None:
    register.leave_park(at.neighbour.id, left_on=date(2022, 4, 20), actor=making.system(at), now=NOW)
    places = [at.firm.name, at.firm.credit_code, at.neighbour.name, at.far.name, "没有此厂", ""]
    lines = staff_lists.for_many(staff_lists.rows(6), places)
    batch = taken(lines, at, enterprise_id=None)
    assert outcomes(batch) == {"new": 2, "refused": 4}
    assert problems(batch) == {
        4: {"enterprise": "enterprise_left"},
        5: {"enterprise": "unknown_enterprise"},
        6: {"enterprise": "unknown_enterprise"},
        7: {"enterprise": "no_enterprise"},
    }
    with pytest.raises(Invalid) as caught:
        hand_in(staff_lists.rows(1), at, enterprise_id=None)
    assert caught.value.code == "missing_columns"


def test_list_of_one_enterprise_that_names_another_is_refused_there(at: Ground) -> None:
    lines = staff_lists.for_many(staff_lists.rows(2), [at.firm.name, at.neighbour.name])
    assert problems(hand_in(lines, at)) == {3: {"enterprise": "enterprise_differs"}}


def test_namesakes_are_shown_in_the_file_and_in_files_in_sight(at: Ground) -> None:
    known = making.registered(at.firm, name="王一", phone="13900000001")
    hidden = making.registered(at.far, name="王一", phone="13900000001")
    lines = [
        list(staff_lists.HEADINGS),
        staff_lists.row(1, name="王一", phone="13900000001", home=""),
        staff_lists.row(2, name="王三", phone="13700000000"),
        staff_lists.row(3, name="王三", phone="13700000000"),
        staff_lists.row(4, name="王五", home="湖北"),
        staff_lists.row(5, name="王五", home="湖北"),
    ]
    batch = hand_in(lines, at)
    hints = {row.number: row.hints for row in ImportRow.objects.filter(batch=batch)}
    assert hints == {
        2: [["phone", str(known.id), "王一"]],
        3: [["phone", 4, ""]],
        4: [["phone", 3, ""]],
        5: [],
        6: [],
    }
    assert str(hidden.id) not in str(hints)


def test_what_was_changed_meanwhile_is_left_out_and_told(at: Ground) -> None:
    taken(staff_lists.rows(1), at)
    lines = [list(staff_lists.HEADINGS), staff_lists.row(1, crew="乙班"), *staff_lists.rows(2, start=2)[1:]]
    batch = hand_in(lines, at)
    person = Person.objects.get()
    said = queries.data_of(person)
    seen = {"seen_at": person.changed_at, "actor": at.ann, "now": LATER}
    operations.correct(person.id, making.data(document=said.document, name="新名"), **seen)
    making.registered(at.neighbour, document=making.resident_id(2, born="19880808"))
    batch = operations.confirm_import(batch.id, actor=at.ann, now=LATER)
    assert outcomes(batch) == {"new": 1, "refused": 2}
    assert set(problems(batch)) == {2, 3}
    assert Person.objects.get(id=person.id).name == "新名"
    assert Person.objects.count() == 3


def test_list_when_the_enterprise_left_meanwhile_is_left_out(at: Ground) -> None:
    batch = hand_in(staff_lists.rows(2), at)
    register.leave_park(at.firm.id, left_on=date(2022, 4, 20), actor=making.system(at), now=NOW)
    batch = operations.confirm_import(batch.id, actor=at.ann, now=LATER)
    assert problems(batch) == {2: {"enterprise": "enterprise_shut"}, 3: {"enterprise": "enterprise_shut"}}
    assert not Person.objects.exists()


def test_import_where_somebody_keeps_no_files_is_refused(at: Ground) -> None:
    for place in (at.neighbour.id, new_id()):
        with pytest.raises(NotFound):
            hand_in(staff_lists.rows(1), at, actor=at.bo, enterprise_id=place)
    looker = replace(at.ann, permissions=frozenset({"people.see", "enterprises.see"}))
    with pytest.raises(NotPermitted):
        hand_in(staff_lists.rows(1), at, actor=looker)
    nobody = Actor(new_id(), at.authority.id, "Cai")
    with pytest.raises(NotPermitted):
        hand_in(staff_lists.rows(1), at, actor=nobody)
    batch = hand_in(staff_lists.rows(1), at)
    with pytest.raises(NotFound):
        operations.confirm_import(batch.id, actor=at.bo, now=NOW)


@pytest.fixture
def in_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five rows are a long list, judged in three lots."""
    monkeypatch.setattr(later, "AT_ONCE", 2)
    monkeypatch.setattr(staging, "LOT", 2)


@pytest.mark.usefixtures("in_lots")
def test_long_list_when_its_worker_was_killed_goes_on_where_it_stood(
    at: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = hand_in([*staff_lists.rows(5), staff_lists.row(1)], at)
    assert batch.state == BatchState.READING
    keep = staging._keep
    kept: list[Any] = []

    def die_in_the_second_lot(*given: Any) -> None:
        if kept:
            raise OSError("killed")
        kept.append(given)
        keep(*given)

    with monkeypatch.context() as broken:
        broken.setattr(staging, "_keep", die_in_the_second_lot)
        with pytest.raises(OSError, match="killed"):
            operations.read_import(batch.id, actor=at.ann, now=NOW)
    first = set(ImportRow.objects.values_list("id", flat=True))
    operations.read_import(batch.id, actor=at.ann, now=NOW)
    operations.read_import(batch.id, actor=at.ann, now=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.content) == (BatchState.READ, 6, "")
    assert outcomes(batch) == {"new": 4, "refused": 2}
    assert first < set(ImportRow.objects.values_list("id", flat=True))
    assert operations.confirm_import(batch.id, actor=at.ann, now=NOW).state == BatchState.CONFIRMING
    for _twice in range(2):
        operations.take_over(batch.id, actor=at.ann, now=NOW)
    assert Person.objects.count() == 4


@pytest.mark.usefixtures("in_lots")
def test_staff_is_imported_at_once_without_a_worker(at: Ground) -> None:
    batch = operations.import_staff(
        staff_lists.upload(staff_lists.rows(5)),
        enterprise_id=at.firm.id,
        way=Way.SYNTHETIC,
        actor=making.system(at),
        now=NOW,
    )
    assert (batch.state, batch.new) == (BatchState.CONFIRMED, 5)
    assert set(Person.objects.values_list("way", flat=True)) == {Way.SYNTHETIC}
    again = operations.import_staff(
        staff_lists.upload(staff_lists.rows(5)), enterprise_id=at.firm.id, actor=making.system(at), now=NOW
    )
    assert (again.state, again.unchanged) == (BatchState.READ, 5)


def test_large_file_that_is_no_list_fails_when_it_is_opened(
    at: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "LARGE", 10)
    batch = hand_in([["甲", "乙"], ["丙", "丁"]], at)
    assert batch.state == BatchState.READING
    operations.read_import(batch.id, actor=at.ann, now=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.failure, batch.content) == (BatchState.FAILED, "no_header", "")
    with pytest.raises(Invalid):
        operations.import_staff(
            staff_lists.upload([["甲", "乙"], ["丙", "丁"]]), actor=making.system(at), now=NOW
        )


def test_confirmed_list_keeps_no_numbers_longer_than_it_must(at: Ground) -> None:
    lines = [*staff_lists.rows(2), staff_lists.row(3, document="1")]
    batch, waiting = taken(lines, at), hand_in(staff_lists.rows(1, start=5), at)
    over = NOW + timedelta(days=4)
    assert operations.expire_imports(at.authority.id, now=over) == 1
    assert operations.expire_imports(at.authority.id, now=over) == 0
    rows = ImportRow.objects.filter(batch=batch)
    assert [(row.document, row.phone, row.lodging, row.person_id is None) for row in rows] == [
        ("", "", "", False)
    ] * 2
    assert not ImportRow.objects.filter(batch=waiting).exists()
    assert ImportBatch.objects.get(id=waiting.id).state == BatchState.EXPIRED
    assert len(queries.list_mentions(Person.objects.get(phone_hash="13900000001"))) == 1


def test_list_when_discarded_is_forgotten(at: Ground) -> None:
    batch = hand_in(staff_lists.rows(2), at)
    operations.discard_import(batch.id, actor=at.ann, now=LATER)
    assert not ImportRow.objects.exists()
    assert ImportBatch.objects.get().state == BatchState.DISCARDED


@pytest.mark.parametrize("kind", ["csv", "gbk", "xls"])
def test_other_kinds_of_files_say_the_same(at: Ground, kind: str) -> None:
    lines = staff_lists.rows(2)
    content = {
        "csv": lambda: lists.as_csv(lines),
        "gbk": lambda: lists.as_csv(lines, encoding="gbk"),
        "xls": lambda: lists.as_xls(lines),
    }[kind]()
    upload = lists.upload(content, "花名册." + ("xls" if kind == "xls" else "csv"))
    batch = operations.start_import(upload, enterprise_id=at.firm.id, actor=at.ann, now=NOW)
    assert outcomes(batch) == {"new": 2}


def test_merged_cells_and_empty_rows_are_told_where_they_stand(at: Ground) -> None:
    lines = staff_lists.rows(3)
    lines.insert(3, [""] * len(staff_lists.HEADINGS))
    content = lists.as_xlsx(lines, crew="I2:I3")
    batch = operations.start_import(lists.upload(content), enterprise_id=at.firm.id, actor=at.ann, now=NOW)
    assert problems(batch) == {2: {"crew": "merged_cells"}, 3: {"crew": "merged_cells"}}
    assert list(ImportRow.objects.values_list("number", flat=True).order_by("number")) == [2, 3, 5]
