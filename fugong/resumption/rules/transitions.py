"""Which move is possible from which state; the diagram in docs/reference is drawn from these dicts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Conflict
from fugong.resumption.choices import ApplicationState as State
from fugong.resumption.choices import CertificateState as Paper
from fugong.resumption.choices import Move, Side, SuspensionMove, SuspensionState

APPLICATION: Mapping[State, Mapping[Move, State]] = {
    State.DRAFT: {Move.SUBMIT: State.SUBMITTED, Move.WITHDRAW: State.WITHDRAWN},
    State.SUBMITTED: {
        Move.RETURN: State.RETURNED,
        Move.APPROVE: State.APPROVED,
        Move.REFUSE: State.REFUSED,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.RETURNED: {Move.SUBMIT: State.SUBMITTED, Move.WITHDRAW: State.WITHDRAWN},
    State.APPROVED: {},
    State.REFUSED: {},
    State.WITHDRAWN: {},
}

SUSPENSION: Mapping[SuspensionState, Mapping[SuspensionMove, SuspensionState]] = {
    SuspensionState.PROPOSED: {
        SuspensionMove.CONFIRM: SuspensionState.IN_FORCE,
        SuspensionMove.DECLINE: SuspensionState.DECLINED,
    },
    SuspensionState.IN_FORCE: {
        SuspensionMove.LIFT: SuspensionState.LIFTED,
        SuspensionMove.LAPSE: SuspensionState.LAPSED,
    },
    SuspensionState.DECLINED: {},
    SuspensionState.LIFTED: {},
    SuspensionState.LAPSED: {},
}

CERTIFICATE: Mapping[Paper, frozenset[Paper]] = {
    Paper.VALID: frozenset({Paper.SUSPENDED, Paper.REVOKED}),
    Paper.SUSPENDED: frozenset({Paper.VALID, Paper.REVOKED}),
    Paper.REVOKED: frozenset(),
}

OPEN_STATES = frozenset(state for state, moves in APPLICATION.items() if moves)
EDITABLE_STATES = frozenset(state for state, moves in APPLICATION.items() if Move.SUBMIT in moves)


def may_move(state: str, move: Move) -> bool:
    return move in APPLICATION[State(state)]


def next_state(state: str, move: Move) -> State:
    """Raises `Conflict` when the application is past that: withdrawn, decided, or not submitted yet."""
    try:
        return APPLICATION[State(state)][move]
    except KeyError:
        raise Conflict(
            _("This cannot be done any more: the application is “%(state)s”.")
            % {"state": State(state).label},
            code=f"application_{state}",
        ) from None


def next_suspension_state(state: str, move: SuspensionMove) -> SuspensionState:
    try:
        return SUSPENSION[SuspensionState(state)][move]
    except KeyError:
        raise Conflict(
            _("This cannot be done any more: the suspension is “%(state)s”.")
            % {"state": SuspensionState(state).label},
            code=f"suspension_{state}",
        ) from None


def check_certificate_may_become(state: str, wanted: Paper) -> None:
    if wanted not in CERTIFICATE[Paper(state)]:
        raise Conflict(
            _("The certificate is “%(state)s” and cannot become “%(wanted)s”.")
            % {"state": Paper(state).label, "wanted": wanted.label},
            code=f"certificate_{state}",
        )


def side_of(state: str) -> Side:
    """On whose side an application in this state lies."""
    if State(state) in EDITABLE_STATES:
        return Side.ENTERPRISE
    return Side.AUTHORITY if state == State.SUBMITTED else Side.NOBODY


def diagram(transitions: Mapping[State, Mapping[Move, State]] | None = None) -> str:
    """The applications' transitions as a Mermaid state diagram."""
    return _drawn(transitions or APPLICATION, first=State.DRAFT)


def suspension_diagram() -> str:
    return _drawn(SUSPENSION, first=SuspensionState.PROPOSED)


def _drawn(table: Mapping[StrEnum, Mapping[StrEnum, StrEnum]] | Mapping, *, first: str) -> str:  # type: ignore[type-arg]
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    for state, moves in table.items():
        lines += [f"    {state} --> {target} : {move}" for move, target in moves.items()]
        lines += [] if moves else [f"    {state} --> [*]"]
    return "\n".join(lines)
