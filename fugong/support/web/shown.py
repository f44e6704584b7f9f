"""Difficulties as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.web.parts import Clock, Status, Term, Tone, clock
from fugong.core.web.parts import Step as Entry
from fugong.support import permissions
from fugong.support.choices import State, Step
from fugong.support.models import Difficulty, DifficultyEvent
from fugong.support.rules import may_step, side_of

STATE_TONES = {
    State.RAISED: Tone.WARNING,
    State.ASSIGNED: Tone.WAITING,
    State.ANSWERED: Tone.WAITING,
    State.SOLVED: Tone.GOOD,
    State.WITHDRAWN: Tone.NEUTRAL,
}
STATE_ICONS = {
    State.RAISED: "inbox",
    State.ASSIGNED: "progress",
    State.ANSWERED: "message-report",
    State.SOLVED: "circle-check",
    State.WITHDRAWN: "circle-minus",
}
STEP_ICONS = {
    Step.RAISE: "lifebuoy",
    Step.ASSIGN: "user-check",
    Step.ANSWER: "message-report",
    Step.SOLVE: "circle-check",
    Step.SEND_BACK: "arrow-back-up",
    Step.WITHDRAW: "circle-minus",
}
STEP_TONES = {Step.SOLVE: Tone.GOOD, Step.SEND_BACK: Tone.WARNING, Step.ANSWER: Tone.WAITING}


def status_of(difficulty: Difficulty) -> Status:
    state = State(difficulty.state)
    return Status(state.label, STATE_TONES[state], STATE_ICONS[state])


def clock_of(difficulty: Difficulty, *, now: datetime) -> Clock | None:
    """None when it is closed."""
    side = side_of(State(difficulty.state))
    if difficulty.due_at is None or side is None:
        return None
    return clock(difficulty.due_at, now=now, side=side.label)


def assignee_of(difficulty: Difficulty) -> str:
    """The office, the person, or both; empty while nobody has it."""
    person = difficulty.assigned_user.name if difficulty.assigned_user else ""
    return " · ".join(name for name in (difficulty.body_label, person) if name)


def terms_of(difficulty: Difficulty) -> list[Term]:
    raised_by = difficulty.raised_by.name if difficulty.raised_by else ""
    if difficulty.raised_for:
        raised_by = _("%(name)s, for the enterprise") % {"name": raised_by}
    return [
        Term(_("Enterprise"), difficulty.enterprise.name, f"/enterprises/{difficulty.enterprise_id}/"),
        Term(_("Park"), difficulty.area.name),
        Term(_("Kind of difficulty"), difficulty.category_label),
        Term(_("Raised by"), raised_by),
        Term(_("Handled by"), assignee_of(difficulty)),
        Term(_("Sent back"), difficulty.rounds or ""),
    ]


def timeline_of(events: Iterable[DifficultyEvent], difficulty: Difficulty) -> list[Entry]:
    """What was raised stands in the difficulty itself, and is shown as the first entry's note."""
    return [
        entry_of(event, note=difficulty.text if event.step == Step.RAISE else event.note) for event in events
    ]


def entry_of(event: DifficultyEvent, *, note: str) -> Entry:
    step = Step(event.step)
    return Entry(
        title=_title_of(event),
        at=event.at,
        by=event.by_name,
        note=note,
        tone=STEP_TONES.get(step, Tone.NEUTRAL),
        icon=STEP_ICONS[step],
    )


def _title_of(event: DifficultyEvent) -> str | Promise:
    if event.step != Step.ASSIGN:
        return Step(event.step).label
    person = event.to_user.name if event.to_user else ""
    names = " · ".join(name for name in (event.body_label, person) if name)
    return _("Assigned to %(names)s") % {"names": names}


def ways_of(difficulty: Difficulty, actor: Actor) -> dict[str, bool]:
    """Which buttons this person gets: who may, and whether the state allows it."""
    state = State(difficulty.state)
    closing = permissions.may_close(actor, difficulty)
    return {
        "assign": may_step(state, Step.ASSIGN) and permissions.may_assign(actor, difficulty),
        "answer": may_step(state, Step.ANSWER) and permissions.may_answer(actor, difficulty),
        "solve": may_step(state, Step.SOLVE) and closing,
        "send_back": may_step(state, Step.SEND_BACK) and closing,
        "withdraw": may_step(state, Step.WITHDRAW) and permissions.may_withdraw(actor, difficulty),
    }
