"""The way of an incident: open, looked after, closed with an outcome."""

from __future__ import annotations

from typing import Final

from fugong.health.choices import IncidentState, Step

TRANSITIONS: Final = {
    IncidentState.OPEN: {
        Step.AGAIN: IncidentState.OPEN,
        Step.CORRECTED: IncidentState.OPEN,
        Step.LOOK_AFTER: IncidentState.LOOKED_AFTER,
        Step.CLOSE: IncidentState.CLOSED,
    },
    IncidentState.LOOKED_AFTER: {
        Step.AGAIN: IncidentState.LOOKED_AFTER,
        Step.CORRECTED: IncidentState.LOOKED_AFTER,
        Step.LOOK_AFTER: IncidentState.LOOKED_AFTER,
        Step.CLOSE: IncidentState.CLOSED,
    },
    IncidentState.CLOSED: {},
}


def after(state: IncidentState, step: Step) -> IncidentState | None:
    """The state that follows; None where the step is not possible."""
    return TRANSITIONS[state].get(step)
