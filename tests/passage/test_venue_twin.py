"""A screen makes the codes that the server expects."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fugong.passage.rules.venues import TURNS, turn_of
from tests.passage import node

START = datetime(2022, 4, 27, tzinfo=UTC)


def test_codes_of_screens_are_the_same_on_both_sides() -> None:
    chance = random.Random(20220427)
    moments = [START + timedelta(seconds=chance.randrange(10**9)) for _each in range(500)]
    keys = [chance.randbytes(32) for _each in moments]
    given = [[key.hex(), int(at.timestamp()) // TURNS] for key, at in zip(keys, moments, strict=True)]
    made = node.run(Path(__file__).parent / "venue_turn.mjs", given)
    assert made == [turn_of(key, at) for key, at in zip(keys, moments, strict=True)]
