"""The opinions of a review. Steps that wait for nobody open together; a step opens when all it waits for have
agreed.

Opinions that run in parallel are gathered before anything goes back, so an enterprise gets all corrections at
once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Conflict
from fugong.resumption.choices import StepState

AGAINST = frozenset({StepState.RETURNED, StepState.REFUSED})


class Verdict(StrEnum):
    """What the opinions of a round come to."""

    PENDING = "pending"
    OPEN_MORE = "open_more"
    RETURN = "return"
    REFUSE = "refuse"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True)
class StepView:
    """`after`: the keys of the steps that must have agreed before this one opens."""

    key: str
    state: StepState
    after: frozenset[str] = frozenset()


def verdict(steps: Sequence[StepView]) -> Verdict:
    """Nothing is decided while an opened step has not spoken."""
    states = {step.state for step in steps}
    if StepState.OPEN in states:
        return Verdict.OPEN_MORE if keys_to_open(steps) else Verdict.PENDING
    return objection(steps) or (Verdict.OPEN_MORE if StepState.WAITING in states else Verdict.APPROVE)


def objection(steps: Sequence[StepView]) -> Verdict | None:
    """What the opinions given so far come to, if any is against. A refusal weighs more than a return."""
    states = {step.state for step in steps}
    if StepState.REFUSED in states:
        return Verdict.REFUSE
    return Verdict.RETURN if StepState.RETURNED in states else None


def keys_to_open(steps: Sequence[StepView]) -> list[str]:
    """The waiting steps whose turn has come. None, once anybody in the round has spoken against."""
    if any(step.state in AGAINST for step in steps):
        return []
    agreed = {step.key for step in steps if step.state is StepState.AGREED}
    return [step.key for step in steps if step.state is StepState.WAITING and step.after <= agreed]


def would_approve(steps: Sequence[StepView], key: str) -> bool:
    """Whether agreeing at this step approves the application: it is the last one, and all
    others have agreed.
    """
    return all(step.state is StepState.AGREED for step in steps if step.key != key)


def check_open(state: str) -> None:
    """Raises `Conflict` when this step has been decided, or its turn has not come."""
    if state == StepState.OPEN:
        return
    if state == StepState.WAITING:
        raise Conflict(_("The turn of this step has not come yet."), code="step_waiting")
    raise Conflict(
        _("This step has been decided already: “%(state)s”.") % {"state": StepState(state).label},
        code="step_decided",
    )
