"""Routes of one to three levels, the clocks they run on, and the certificate at their end."""

from collections.abc import Collection
from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import RouteMode, Validity
from fugong.playbooks.rules.schema.organisation import BODIES, HolderRef
from fugong.playbooks.rules.schema.parts import (
    Count,
    Dated,
    Day,
    Flag,
    Id,
    Named,
    Positive,
    RefTo,
    Sourced,
    Table,
    TimeOfDay,
    When,
)
from fugong.playbooks.rules.schema.standards import ONLY_LISTED
from fugong.playbooks.rules.text import Text


class Escalation(Sourced):
    """Whom silence calls, and how many working days after the deadline (0: at once)."""

    to: HolderRef
    after_working_days: Count = 0


class Clock(Named):
    """A legal period: in working days, calendar days or hours, exactly one of them."""

    working_days: Positive | None = None
    days: Positive | None = None
    hours: Positive | None = None
    closes_at: TimeOfDay | None = Field(None, description="hour of the last day; without it, its end (24:00)")
    warn_hours_before: Count = Field(
        0,
        description="whoever owes it is reminded so long before the deadline; also of people's rolls whose"
        " cadence names this clock and no reminders of its own",
    )
    stops_while_returned: Flag = Field(False, description="does not run while the applicant corrects")
    escalation: tuple[Escalation, ...] = ()


class Closing(Sourced):
    """A route switched off: nobody enters it from this day on."""

    from_day: Day
    reason: Text


class Step(Named):
    """One opinion. Steps no other names in `next` open together; others once all that name them are given."""

    level: Annotated[int, Field(strict=True, ge=1, le=3)]
    body: Annotated[Id, RefTo(BODIES)]
    next: tuple[Id, ...] = Field(
        (), description="steps that this one must precede; none: the decision follows"
    )
    clock: Annotated[Id | None, RefTo("clocks")] = None
    does: Text | None = None
    visit: Flag = Field(False, description="the on-site visit belongs to this step")


class Route(Dated):
    """The way of an application. The first route in the order of the file whose condition holds is taken."""

    mode: RouteMode
    when: When | None = None
    clock: Annotated[Id, RefTo("clocks")]
    one_window: Flag = True
    steps: Table[Step] = Field(default_factory=dict)
    standards: Annotated[tuple[Id, ...], RefTo("standards")] = ()
    visit_checks: Annotated[tuple[Id, ...], RefTo("visit_checks")] = ()
    papers: Annotated[tuple[Id, ...], RefTo("papers", remedy=ONLY_LISTED)] = ()
    letters: Annotated[tuple[Id, ...], RefTo("letters")] = ()
    closed: Closing | None = None

    def first_steps(self) -> tuple[Step, ...]:
        """The steps that wait for nobody: they open together at submission."""
        awaited = {following for step in self.steps.values() for following in step.next}
        return tuple(step for id_, step in self.steps.items() if id_ not in awaited)

    def steps_open_after(self, done: Collection[str]) -> tuple[Step, ...]:
        """The steps not yet done whose predecessors all are; empty when the decision is due."""
        return tuple(
            step
            for id_, step in self.steps.items()
            if id_ not in done and all(before in done for before in self.steps_before(id_))
        )

    def steps_before(self, id_: str) -> tuple[str, ...]:
        return tuple(before for before, step in self.steps.items() if id_ in step.next)

    @property
    def levels(self) -> int:
        return max((step.level for step in self.steps.values()), default=0)


class Certificate(Sourced):
    name: Text
    validity: Validity
    days: Positive | None = None
    shows: tuple[Text, ...] = ()
    revoked_when: tuple[Text, ...] = ()
