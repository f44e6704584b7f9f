"""From cells to values, and from a row to what it would do: without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from fugong.core.sheets.cells import BadCell
from fugong.people.choices import DocumentKind, StaffOutcome
from fugong.people.rules.importing import cells
from fugong.people.rules.importing.columns import LABELS, MANY_ENTERPRISES, words
from fugong.people.rules.importing.rows import Known, Row, find_alike, is_same_name, judge
from tests.people import making

TODAY = date(2022, 4, 27)
HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("cell", [4.4e17, 340402198808080011.0, 340402198808080011, "4.4E+17", "3.40402e17"])
def test_number_that_lost_its_end_is_told_and_not_guessed(cell: Any) -> None:
    with pytest.raises(BadCell) as caught:
        cells.number_of(cell)
    assert caught.value.code == "document_scientific"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (" '34040219880808001x", "34040219880808001X"),
        ("３４０４０２１９８８０８０８００１Ｘ", "34040219880808001X"),
        (340402880808001.0, "340402880808001"),
        ("e12345678", "E12345678"),
    ],
)
def test_number_when_spelt_otherwise_is_one_number(cell: Any, number: str) -> None:
    assert cells.number_of(cell) == number


def test_old_number_has_the_key_of_the_new_one() -> None:
    full = making.resident_id(7, born="19880808")
    assert cells.key_of(full[:6] + full[8:17]) == cells.key_of(full) == full


@pytest.mark.parametrize(
    ("text", "kind"), [("身份证", "resident_id"), ("護照", "passport"), ("Passport", "passport")]
)
def test_kind_of_document_in_the_words_people_use(text: str, kind: str) -> None:
    assert cells.kind_of(text) == DocumentKind(kind)


def test_every_label_and_every_kind_is_among_its_own_words() -> None:
    for name, label in LABELS.items():
        assert MANY_ENTERPRISES.meanings.get(cells.plain(str(label))) == name
    assert set(words()["values"]["document_kind"]) == set(DocumentKind.values)
    spelt = [cells.plain(each) for spellings in words()["headers"].values() for each in spellings]
    assert len(spelt) == len(set(spelt))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("买买提·吐尔逊", "买买提•吐尔逊", True),
        ("張偉", "张伟", True),
        ("𠮷田", "吉田", False),
        ("王伟", "王炜", False),
    ],
)
def test_names_are_one_whatever_the_spelling(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same


def known(**changes: Any) -> Known:
    said: dict[str, Any] = {
        "person_id": UUID(int=9),
        "name": "王一",
        "document_kind": "resident_id",
        "phone": b"sealed",
        "phone_hash": b"1",
        "home_region": "421100",
        "lodging": "一号楼",
        "enterprise_id": HERE,
        "changed_at": datetime(2022, 4, 1, tzinfo=UTC),
        "employment_id": UUID(int=8),
        **{"post": "", "shift": "", "crew": "甲班", "room": "", "starts_on": date(2022, 4, 1)},
        "last_end": None,
    }
    return Known(**said | changes)


def row(**said: Any) -> Row:
    return Row(2, (), {"name": "王一", "document": "1", **said}, {})


@pytest.mark.parametrize(
    ("said", "held", "outcome"),
    [
        ({}, None, StaffOutcome.NEW),
        ({}, {}, StaffOutcome.UNCHANGED),
        ({"crew": "乙班"}, {}, StaffOutcome.CHANGED),
        ({"phone": "2"}, {}, StaffOutcome.CHANGED),
        ({"name": "赵一"}, {}, StaffOutcome.QUESTION),
        ({}, {"enterprise_id": THERE}, StaffOutcome.MOVED),
        ({"name": "赵一"}, {"enterprise_id": THERE}, StaffOutcome.QUESTION),
        ({}, {"enterprise_id": THERE, "is_ours": False, "is_seen": False}, StaffOutcome.REFUSED),
        ({"name": "赵一"}, {"enterprise_id": None, "is_seen": False}, StaffOutcome.REFUSED),
        ({}, {"enterprise_id": None, "is_seen": False}, StaffOutcome.MOVED),
        ({}, {"enterprise_id": None, "is_merged": True}, StaffOutcome.REFUSED),
        ({"starts_on": date(2022, 3, 1)}, {"enterprise_id": THERE}, StaffOutcome.REFUSED),
        ({"starts_on": date(2022, 3, 1)}, {}, StaffOutcome.CHANGED),
        ({"starts_on": date(2022, 3, 1)}, {"last_end": date(2022, 3, 15)}, StaffOutcome.REFUSED),
        ({}, {"enterprise_id": THERE, "starts_on": date(2022, 5, 1)}, StaffOutcome.REFUSED),
    ],
)
def test_row_is_judged_by_what_the_files_say(
    said: dict[str, Any], held: dict[str, Any] | None, outcome: StaffOutcome
) -> None:
    found = judge(
        row(**said),
        None if held is None else known(**held),
        enterprise_id=HERE,
        phone_hash=str(said["phone"]).encode() if "phone" in said else None,
        today=TODAY,
    )
    assert found.outcome == outcome
    moves = (held or {}).get("enterprise_id", HERE) != HERE and outcome is StaffOutcome.QUESTION
    assert found.begins is (moves or outcome in (StaffOutcome.NEW, StaffOutcome.MOVED))


def test_province_alone_makes_no_namesakes() -> None:
    rows = [
        Row(number, (), {"name": "王一", "document": str(number), "home_region": "420000"}, {})
        for number in (2, 3)
    ]
    assert find_alike(rows).namesakes_of(rows[0]) == []
    for each in rows:
        each.said["home_region"] = "421100"
    assert find_alike(rows).namesakes_of(rows[0]) == [("home_region", 3)]
