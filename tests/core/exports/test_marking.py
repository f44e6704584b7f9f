"""The mark in the data: harmless, and read again from what is left of a file."""

from __future__ import annotations

import random
import re
from hashlib import sha256

import pytest

from fugong.core.exports.marking import decided, evidence, marked, signs_in

KEYS = {number: sha256(f"export {number}".encode()).digest() for number in range(1, 301)}
TRUE = 137


def people(number: int, seed: int = 1) -> list[list[str]]:
    """Name, masked number, masked telephone, home, lodging."""
    dice = random.Random(seed)
    return [
        [
            dice.choice("李王张刘陈") + dice.choice("伟芳娜敏静强磊"),
            f"{dice.randrange(110, 660)}***********{dice.randrange(10_000):04}",
            f"1{dice.randrange(30, 99)}****{dice.randrange(10_000):04}",
            dice.choice(["安徽省淮南市", "湖北省武汉市", "四川省成都市"]),
            f"东宿舍{dice.randrange(1, 400)}室",
        ]
        for _each in range(number)
    ]


def given_to(key: bytes, rows: list[list[str]]) -> list[list[str]]:
    return [[marked(cell, key, is_prose=place >= 3) for place, cell in enumerate(row)] for row in rows]


def receivers(rows: list[list[str]]) -> list[int]:
    signs = signs_in(list(zip(*rows, strict=True)))
    return decided({number: evidence(signs, key) for number, key in KEYS.items()})


ROWS = given_to(KEYS[TRUE], people(400))


@pytest.mark.parametrize("left", [400, 100, 30, 12])
@pytest.mark.parametrize("seed", range(2))
def test_the_receiver_is_known_from_rows_that_are_left_in_any_order(left, seed):
    assert receivers(random.Random(seed).sample(ROWS, left)) == [TRUE]


@pytest.mark.parametrize("columns", [(0, 1), (1,), (2, 0), (2,), (4, 3), (0, 3, 4)])
def test_the_receiver_is_known_when_columns_are_dropped_or_moved(columns):
    assert receivers([[row[place] for place in columns] for row in ROWS]) == [TRUE]


def test_names_alone_tell_nothing_and_nobody_is_accused():
    assert receivers([[row[0]] for row in ROWS]) == []


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_accused_of_a_list_that_is_none_of_ours(seed):
    assert receivers(people(400, seed)) == []
    other = sha256(f"elsewhere {seed}".encode()).digest()
    assert receivers(given_to(other, people(400, seed))) == []


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_too_little_is_not_enough_to_accuse_anybody(left):
    for seed in range(8):
        assert receivers(random.Random(seed).sample(ROWS, left) or [[""]]) in ([], [TRUE])


def test_a_file_somebody_worked_on_is_still_known():
    """A tenth of the numbers masked anew, spaces trimmed everywhere."""
    dice = random.Random(3)

    def worked_on(cell: str) -> str:
        return re.sub(r"\*+", "*******", cell.strip()) if dice.random() < 0.1 else cell.strip()

    assert receivers([[worked_on(cell) for cell in row] for row in ROWS]) == [TRUE]


def test_masking_all_anew_and_trimming_takes_the_mark_off_and_that_is_said():
    """The limit: whoever does both leaves nothing to read, and nobody is accused."""
    assert receivers([[re.sub(r"\*+", "****", cell.strip()) for cell in row] for row in ROWS]) == []


def test_two_files_put_together_tell_of_both():
    both = given_to(KEYS[TRUE], people(200, 5)) + given_to(KEYS[42], people(200, 6))
    found = receivers(both)
    assert found in ([], sorted([42, TRUE]), [42], [TRUE], [TRUE, 42])


def test_telephones_in_full_carry_it_and_stay_the_same_numbers():
    numbers = [f"139{number:08}" for number in range(60)]
    rows = [[marked(number, KEYS[TRUE])] for number in numbers]
    assert [re.sub(r"[ -]", "", row[0]) for row in rows] == numbers
    assert receivers(rows) == [TRUE]


def test_nothing_false_is_written():
    """What is shown of a number stays; a text only may end with a space; names and dates are not touched."""
    for row in people(200):
        for place, cell in enumerate(row):
            again = marked(cell, KEYS[7], is_prose=place >= 3)
            assert re.sub(r"\*+", "*", again).rstrip() == re.sub(r"\*+", "*", cell)
    for plain in ("2022-04-27", "9134000000000000XX", "340402199001011234", "李伟", "120", "0554-6661234"):
        assert marked(plain, KEYS[7]) == plain


def test_each_receiver_gets_another_file_and_the_same_one_again():
    rows = people(40)
    assert given_to(KEYS[1], rows) == given_to(KEYS[1], rows)
    assert given_to(KEYS[1], rows) != given_to(KEYS[2], rows)
