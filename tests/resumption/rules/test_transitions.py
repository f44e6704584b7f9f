"""The tables of states, exhaustively, and the page that draws them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from fugong.core.refusals import Conflict
from fugong.resumption.choices import (
    ApplicationState,
    CertificateState,
    Move,
    Side,
    SuspensionMove,
    SuspensionState,
)
from fugong.resumption.rules import transitions

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "application-states.md"
POSSIBLE = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "return"): "returned",
    ("submitted", "approve"): "approved",
    ("submitted", "refuse"): "refused",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "submit"): "submitted",
    ("returned", "withdraw"): "withdrawn",
}
SUSPENSION = {
    ("proposed", "confirm"): "in_force",
    ("proposed", "decline"): "declined",
    ("in_force", "lift"): "lifted",
    ("in_force", "lapse"): "lapsed",
}
CERTIFICATE = {("valid", "suspended"), ("valid", "revoked"), ("suspended", "valid"), ("suspended", "revoked")}


@pytest.mark.parametrize(("state", "move"), [*product(ApplicationState, Move)])
def test_next_state_when_any_move_from_any_state_then_as_the_table_says(state, move):
    expected = POSSIBLE.get((state.value, move.value))
    assert transitions.may_move(state, move) is (expected is not None)
    if expected:
        assert transitions.next_state(state, move) == expected
        return
    with pytest.raises(Conflict) as refusal:
        transitions.next_state(state, move)
    assert refusal.value.code == f"application_{state.value}"


@pytest.mark.parametrize(("state", "move"), [*product(SuspensionState, SuspensionMove)])
def test_next_suspension_state_when_any_move_from_any_state_then_as_the_table_says(state, move):
    expected = SUSPENSION.get((state.value, move.value))
    if expected:
        assert transitions.next_suspension_state(state, move) == expected
        return
    with pytest.raises(Conflict):
        transitions.next_suspension_state(state, move)


@pytest.mark.parametrize(("state", "wanted"), [*product(CertificateState, CertificateState)])
def test_certificate_when_asked_to_become_anything_then_as_the_table_says(state, wanted):
    if (state.value, wanted.value) in CERTIFICATE:
        transitions.check_certificate_may_become(state, wanted)
        return
    with pytest.raises(Conflict):
        transitions.check_certificate_may_become(state, wanted)


def test_every_state_can_be_reached_and_left_or_is_final():
    reached = {target for moves in transitions.APPLICATION.values() for target in moves.values()}
    assert reached | {ApplicationState.DRAFT} == set(ApplicationState)
    assert set(transitions.APPLICATION) == set(ApplicationState)
    assert set(transitions.SUSPENSION) == set(SuspensionState)


@pytest.mark.parametrize(
    ("state", "side"),
    [
        ("draft", Side.ENTERPRISE),
        ("returned", Side.ENTERPRISE),
        ("submitted", Side.AUTHORITY),
        ("approved", Side.NOBODY),
        ("refused", Side.NOBODY),
        ("withdrawn", Side.NOBODY),
    ],
)
def test_side_of_when_in_a_state_then_whoever_can_move_it_on(state, side):
    assert transitions.side_of(state) is side


@pytest.mark.parametrize("drawn", [transitions.diagram(), transitions.suspension_diagram()])
def test_the_page_shows_the_tables(drawn):
    assert f"```mermaid\n{drawn}\n```" in PAGE.read_text(), f"paste this into {PAGE.name}:\n{drawn}"
