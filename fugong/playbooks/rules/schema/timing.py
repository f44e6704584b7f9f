"""When: regimes, dates before which nothing starts, priority classes, waves, cadences."""

from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import Blocks, PeriodUnit, SubjectKind, WaveMode
from fugong.playbooks.rules.schema.parts import (
    Dated,
    Day,
    Id,
    Moment,
    Named,
    Positive,
    RefTo,
    Sourced,
    TimeOfDay,
    When,
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
    """Something owed again and again: `times` in every `every` units, at most once a day.

    The `times` lie evenly in the period, the last on its last day. Periods of days, and the first of several
    weeks or months, are counted from `in_force_from`, else from the day the playbook came into force.
    """

    duty: str = Field(
        pattern=r"^[a-z_]+(\.[a-z_]+)*$",
        description="the kind of duty this raises, as a context publishes it",
    )
    times: Positive
    every: Positive = 1
    unit: PeriodUnit
    due_at: TimeOfDay | None = None
    for_previous_day: bool = Field(
        False, strict=True, description="what is owed is the state of the day before"
    )
    by: Annotated[Id | None, RefTo("organisation.bodies", "organisation.roles")] = None
    subjects: tuple[SubjectKind, ...] = (SubjectKind.ENTERPRISE,)
    when: When | None = None
