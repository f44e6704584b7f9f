"""Every answer at a place has its words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fugong.passage.choices import Answer, Direction, Reason
from fugong.passage.models import Gate
from fugong.passage.operations import Answered
from fugong.passage.web.venue_words import BY_GUARD, KEPT, SENTENCES, is_about_level, sentences_of, status_of

NOW = datetime(2022, 4, 27, tzinfo=UTC)
# Of codes and temperatures nothing is known where a place is scanned.
NEVER = {
    *(Reason.UNKNOWN_CODE, Reason.MALFORMED, Reason.FORGED, Reason.EXPIRED, Reason.REVOKED),
    *(Reason.FEVER, Reason.WINDOW, Reason.NO_PASS, Reason.GATE_CLOSED),
}


def answered(
    answer: Answer, reason: Reason, *, counts: bool = False, direction: Direction = Direction.IN
) -> Answered:
    return Answered(Gate(), NOW, direction, answer, reason, counts)


def test_every_reason_that_can_come_up_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason) - NEVER - {Reason.FREE}


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("answer", Answer)
def test_every_answer_has_a_word_and_a_sign(answer: Answer, direction: Direction) -> None:
    status = status_of(answered(answer, Reason.LEVEL, direction=direction))
    assert status.label
    assert status.icon


def test_who_was_let_in_is_told_nothing_more() -> None:
    assert sentences_of(answered(Answer.ALLOW, Reason.FREE, counts=True)) == []


def test_what_does_not_count_says_why_and_that() -> None:
    said = sentences_of(answered(Answer.STOP, Reason.OLD))
    assert said == [SENTENCES[Reason.OLD], KEPT]


def test_where_a_guard_confirms_it_is_said_to_wait_for_him() -> None:
    asked = answered(Answer.ASK, Reason.NOT_ON_THE_SPOT)
    assert sentences_of(asked, by_guard=True) == [BY_GUARD]
    assert sentences_of(asked) == [SENTENCES[Reason.NOT_ON_THE_SPOT], KEPT]


@pytest.mark.parametrize("reason", Reason)
def test_the_own_page_is_offered_where_the_level_is_the_reason(reason: Reason) -> None:
    expected = reason in (Reason.LEVEL, Reason.LEVEL_UNKNOWN)
    assert is_about_level(answered(Answer.STOP, reason)) is expected
