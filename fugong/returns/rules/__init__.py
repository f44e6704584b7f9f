"""The law of returns: what may be planned, how a plan moves, and how long somebody is kept apart."""

from fugong.returns.rules.plans import (
    MOVES,
    ReturnData,
    Verdict,
    may_move,
    problems_of,
    state_of,
    tidied,
    until_of,
)

__all__ = [
    "MOVES",
    "ReturnData",
    "Verdict",
    "may_move",
    "problems_of",
    "state_of",
    "tidied",
    "until_of",
]
