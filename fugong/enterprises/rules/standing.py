"""Whether an enterprise works: which change may follow which."""

from __future__ import annotations

from fugong.enterprises.choices import StandingState

TRANSITIONS: dict[StandingState, frozenset[StandingState]] = {
    StandingState.NOT_RESUMED: frozenset({StandingState.RESUMED}),
    StandingState.RESUMED: frozenset({StandingState.SUSPENDED}),
    StandingState.SUSPENDED: frozenset({StandingState.RESUMED, StandingState.NOT_RESUMED}),
}
"""Suspended goes back to work, or (its approval having lapsed) must apply anew."""


def may_follow(before: StandingState, after: StandingState) -> bool:
    return after in TRANSITIONS[before]
