"""What an application lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fugong.resumption.choices import AnswerValue, PointKind
from fugong.resumption.rules.completeness import (
    Given,
    Wanted,
    WantedItem,
    WantedLetter,
    WantedPaper,
    find_missing,
    item_key,
    progress,
)

PLAIN = WantedItem("ten", "masks", "Masks")
WHOLE = WantedItem("letters", "", "Two letters")
VETO = WantedItem("ten", "safety", "Safety", is_veto=True)
PHOTO = WantedItem("ten", "stock", "Stock", needs_file=True, papers=("stock_list",))
WANTED = Wanted(
    items=[PLAIN, WHOLE, VETO, PHOTO],
    papers=[WantedPaper("plan", "Plan"), WantedPaper("extra", "Extra", is_required=False)],
    letters=[WantedLetter("commitment", "Letter", "text")],
)
MET = (AnswerValue.MET, "")
FULL = Given(
    answers={PLAIN.key: MET, WHOLE.key: MET, VETO.key: MET, PHOTO.key: MET},
    files=frozenset({PHOTO.key, "plan"}),
    letters=frozenset({"commitment"}),
    planned_on=True,
    planned_staff=10,
)


def lacks(given_: Given) -> list[tuple[PointKind, str]]:
    return [(lack.kind, lack.key) for lack in find_missing(WANTED, given_)]


def test_find_missing_when_everything_is_given_then_nothing():
    assert lacks(FULL) == []
    assert progress(WANTED, FULL) == (8, 8)


def test_find_missing_when_nothing_is_given_then_each_thing_once_in_the_order_of_the_form():
    assert lacks(Given()) == [
        (PointKind.FIELD, "planned_on"),
        (PointKind.FIELD, "planned_staff"),
        (PointKind.ITEM, "ten/masks"),
        (PointKind.ITEM, "letters"),
        (PointKind.ITEM, "ten/safety"),
        (PointKind.ITEM, "ten/stock"),
        (PointKind.PAPER, "plan"),
        (PointKind.LETTER, "commitment"),
    ]
    assert progress(WANTED, Given()) == (0, 8)


@pytest.mark.parametrize(
    ("item", "answer", "complete"),
    [
        (PLAIN, (AnswerValue.NOT_MET, ""), False),
        (PLAIN, (AnswerValue.NOT_MET, "  "), False),
        (PLAIN, (AnswerValue.NOT_MET, "on order"), True),
        (PLAIN, (AnswerValue.NOT_APPLICABLE, ""), False),
        (PLAIN, (AnswerValue.NOT_APPLICABLE, "no canteen"), True),
        (VETO, (AnswerValue.NOT_MET, "never mind"), False),
        (VETO, (AnswerValue.NOT_APPLICABLE, "no such danger"), True),
        (PHOTO, (AnswerValue.NOT_APPLICABLE, "no stock"), True),
    ],
)
def test_find_missing_when_an_item_is_answered_so_then(item, answer, complete):
    answers = {**FULL.answers, item.key: answer}
    expected = [] if complete else [(PointKind.ITEM, item.key)]
    assert lacks(replace(FULL, answers=answers)) == expected


@pytest.mark.parametrize(
    ("files", "complete"),
    [({"plan"}, False), ({"plan", "ten/stock"}, True), ({"plan", "stock_list"}, True)],
)
def test_find_missing_when_a_paper_proves_an_item_then_it_is_not_asked_for_twice(files, complete):
    assert (lacks(replace(FULL, files=frozenset(files))) == []) is complete


@given(
    some.dictionaries(
        some.sampled_from([PLAIN.key, WHOLE.key, VETO.key, PHOTO.key]),
        some.tuples(some.sampled_from(AnswerValue), some.text(max_size=5)),
    ),
    some.frozensets(some.sampled_from(["plan", "extra", PHOTO.key, "stock_list", "unheard_of"])),
    some.booleans(),
)
def test_progress_when_anything_is_given_then_done_and_missing_make_what_is_asked(answers, files, planned):
    so_far = Given(answers=answers, files=files, planned_on=planned)
    done, asked = progress(WANTED, so_far)
    assert 0 <= done <= asked == 8
    assert done + len(find_missing(WANTED, so_far)) == asked


def test_item_key_when_the_standard_has_no_items_then_its_own_name():
    assert item_key("ten", "") == "ten"
    assert item_key("ten", "masks") == "ten/masks"
