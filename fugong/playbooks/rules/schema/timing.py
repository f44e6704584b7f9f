"""When: regimes, dates before which nothing starts, priority classes, waves, cadences, quiet hours."""

from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import Blocks, PeriodUnit, SubjectKind, WaveMode
from fugong.playbooks.rules.schema.parts import (
    Count,
    Dated,
    Day,
    Flag,
    Id,
    Moment,
    Named,
    Positive,
    RefTo,
    Sourced,
    TimeOfDay,
    When,
    WhenPerson,
)
from fugong.playbooks.rules.text import Text


class RegimePeriod(Sourced):
    """Days on which a regime is in force, both inclusive, in the whole locality or in one area."""

    from_day: Day
    to_day: Day | None = None
    area: Annotated[Id | None, RefTo("areas")] = None


class Regime(Named):
    """A state of the locality. Regimes of one axis (risk; peacetime and wartime) exclude each other."""

    axis: Id
    level: Id
    periods: tuple[RegimePeriod, ...] = Field(min_length=1)


class NotBefore(Dated):
    """Nothing of this kind starts, or is applied for, before this moment (24:00 is 00:00 of the next day)."""

    moment: Moment
    blocks: Blocks = Blocks.START
    reason: Text
    when: When | None = None


class Priority(Dated):
    """A class of applicants served first; 1 is the most urgent."""

    rank: Positive
    when: When


class Wave(Dated):
    """A date on which a class may open, or each when it is ready."""

    mode: WaveMode
    opens_on: Day | None = None
    quota: Positive | None = Field(
        None, description="how many enterprises it takes; who comes later stands in the next wave that fits"
    )
    priorities: Annotated[tuple[Id, ...], RefTo("priorities")] = ()
    when: When | None = None


class Cadence(Dated):
    """Something owed again and again: `times` in every `every` units, at most on one day each.

    The `times` lie evenly in the period, the last on its last day. Periods of days, and the first of several
    weeks or months, are counted from `in_force_from`, else from the day the playbook came into force.

    With the subject `person` everybody at work whom `who` names owes it, or a share of them; the crews'
    leaders answer for it. `when` is about enterprises.
    """

    duty: str = Field(
        pattern=r"^[a-z_]+(\.[a-z_]+)*$",
        description="the kind of duty this raises, as a context publishes it",
    )
    times: Positive
    every: Positive = 1
    unit: PeriodUnit
    due_at: TimeOfDay | None = None
    at_times: tuple[TimeOfDay, ...] = Field(
        (), description="several deadlines on each day it falls due, each met on its own; instead of due_at"
    )
    for_previous_day: bool = Field(
        False, strict=True, description="what is owed is the state of the day before"
    )
    by: Annotated[Id | None, RefTo("organisation.bodies", "organisation.roles")] = Field(
        None,
        description="who goes round where it is not the subject that owes it, as on patrol; a roll of people"
        " is owed by the leader of their crew, else by their enterprise",
    )
    subjects: tuple[SubjectKind, ...] = (SubjectKind.ENTERPRISE,)
    when: When | None = None
    who: WhenPerson | None = Field(None, description="which people owe it; none: everybody at work")
    share_percent: Annotated[int | None, Field(strict=True, ge=1, le=100)] = Field(
        None, description="of an enterprise's people; as soon as so many have done it, the enterprise has"
    )
    at_least: Positive | None = Field(None, description="with a share: never fewer people than this")
    opens_minutes_before: Positive | None = Field(
        None, description="how long before the deadline it can be done; none: since the deadline before it"
    )
    grace_minutes: Count = Field(0, description="how long after the deadline it still counts as in time")
    remind_minutes_before: tuple[Positive, ...] = ()
    clock: Annotated[Id | None, RefTo("clocks")] = Field(
        None, description="whose escalation calls somebody once the deadline is missed"
    )
    is_urgent: Flag = Field(False, description="its reminders are sent in the quiet hours too")

    @property
    def is_for_people(self) -> bool:
        return SubjectKind.PERSON in self.subjects


class Reminders(Sourced):
    """Between these hours only what is urgent is sent; without them, not between 22:00 and 07:00."""

    quiet_from: TimeOfDay
    quiet_to: TimeOfDay
