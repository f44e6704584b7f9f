"""Who is inside, whatever the order in which passages are heard of."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from fugong.passage.ingest.known import Presence

passages = st.lists(
    st.tuples(st.sampled_from([b"li", b"wang", b"zhao"]), st.integers(1, 50), st.booleans()),
    max_size=30,
    unique_by=lambda each: each[:2],
)


def inside(passages: list[tuple[bytes, int, bool]]) -> int:
    """By the last passage of each."""
    last: dict[bytes, tuple[int, bool]] = {}
    for who, at, into in passages:
        last[who] = max(last.get(who, (0, False)), (at, into))
    return sum(into for _at, into in last.values())


@given(passages, st.randoms())
def test_number_inside_when_heard_in_any_order_and_again_then_the_same(passages, chance):
    heard = [*passages, *passages[::2]]
    chance.shuffle(heard)
    presence = Presence()
    for who, at, into in heard:
        presence.passes(who, at, into=into)
    assert presence.inside == inside(passages)


@given(passages, st.integers(0, 50))
def test_number_inside_when_some_were_not_seen_for_long_then_they_are_not_counted(passages, before):
    presence = Presence()
    for who, at, into in passages:
        presence.passes(who, at, into=into)
    presence.forget(before)
    last = {who: max(at for other, at, _into in passages if other == who) for who, _at, _into in passages}
    assert presence.inside == inside([each for each in passages if last[each[0]] >= before])


def test_number_inside_when_a_hundred_come_and_go_then_nobody():
    presence, chance = Presence(), random.Random(3)
    heard = [(bytes([who]), 1 + 2 * at, at % 2 == 0) for who in range(100) for at in range(4)]
    chance.shuffle(heard)
    for who, at, into in heard:
        presence.passes(who, at, into=into)
    assert presence.inside == 0
