"""What may be kept of a dose, a contact, a commitment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fugong.people.choices import HistoryKind
from fugong.people.rules.history import HistoryData, problems_of, tidied

TODAY = date(2022, 4, 27)
VACCINATION, CONTACT, COMMITMENT = HistoryKind


def said(kind: HistoryKind = CONTACT, **changes: object) -> HistoryData:
    return HistoryData(**({"kind": kind, "on": TODAY, "detail": "同车间"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", HistoryKind)
def test_entry_when_whole_then_kept(kind: HistoryKind) -> None:
    assert not problems_of(said(kind, number="3"), today=TODAY)


@pytest.mark.parametrize(
    ("kind", "fields"), [(VACCINATION, []), (CONTACT, ["detail"]), (COMMITMENT, ["detail"])]
)
def test_entry_when_without_words_then_only_a_dose_says_something(
    kind: HistoryKind, fields: list[str]
) -> None:
    assert list(problems_of(said(kind, detail=""), today=TODAY)) == fields


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"on": TODAY + timedelta(days=1)}, "on", "date_in_future"),
        ({"on": date(1922, 4, 27)}, "on", "date_too_early"),
        ({"detail": "长" * 201}, "detail", "too_long"),
        ({"number": "1" * 41}, "number", "too_long"),
    ],
)
def test_entry_when_it_cannot_be_then_told_at_its_field(
    changes: dict[str, object], field: str, code: str
) -> None:
    found = problems_of(said(**changes), today=TODAY)  # type: ignore[arg-type]
    assert {name: problem.code for name, problem in found.items()} == {field: code}


def test_entry_when_spaced_then_tidied() -> None:
    assert tidied(said(detail="  北京生物  ", number=" 3 ")).detail == "北京生物"
