"""The levels a person may stand at, what sets them, what the free one needs, and how one is contested."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from fugong.playbooks.choices import Colour
from fugong.playbooks.rules.schema.parts import (
    Count,
    Dated,
    Flag,
    Id,
    Moment,
    Named,
    Part,
    Positive,
    RefTo,
    Sourced,
    Table,
    WhenPerson,
)
from fugong.playbooks.rules.text import Text

LEVELS = "clearance.levels"

LevelRef = Annotated[Id, RefTo(LEVELS, remedy="name a level of [clearance.levels]")]
KindRef = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""A kind of evidence, as a context registers it."""


class Level(Named):
    """Levels stand in the order of the file, from the free one to the most restrictive."""

    colour: Colour
    may_work: Flag
    meaning: Text
    to_do: Text = Field(description="what a person at this level should do")


class Relief(Sourced):
    """What ends a rule's effect early: so many pieces of evidence after it, so far apart."""

    evidence: KindRef
    times: Positive = 1
    apart_hours: Count = 0


class LevelRule(Dated):
    """Evidence of this kind puts the person at this level: for a time, or until it is relieved."""

    evidence: KindRef
    level: LevelRef
    days: Positive | None = None
    hours: Positive | None = None
    until_relieved: Flag = False
    relief: Relief | None = None
    when: WhenPerson | None = Field(None, description="only for people for whom this holds")


class Requirement(Dated):
    """What must be on record for the free level; where it is not, the person stands at `unknown`."""

    evidence: KindRef
    within_hours: Positive | None = Field(None, description="how old it may be; without it, any age")
    to_do: Text = Field(description="what the person does to have it on record")
    when: WhenPerson | None = Field(None, description="asked only of people for whom this holds")


class HandReason(Dated):
    """Why two people together may put somebody at a level by hand, and for how long at most."""

    level: LevelRef
    needs: Text = Field(description="the evidence that has to be given")
    longest_days: Positive


class Expected(Part):
    """What must come out. Only what is written is compared."""

    level: LevelRef
    until: Moment | None = None


class Shown(Part):
    """A piece of evidence in an example."""

    kind: KindRef
    since: Moment
    until: Moment | None = None


class ClearanceExample(Part):
    """A person at a moment, and the level that must come out. Nobody's policy, so without an origin."""

    name: Text
    at: Moment
    facts: Mapping[str, object] = Field(default_factory=dict)
    evidence: tuple[Shown, ...] = ()
    expect: Expected


class ClearanceTable(Sourced):
    levels: Table[Level] = Field(default_factory=dict)
    unknown: LevelRef = Field(description="where the record does not say enough; never the free level")
    rules: Table[LevelRule] = Field(default_factory=dict)
    requires: Table[Requirement] = Field(default_factory=dict)
    reasons: Table[HandReason] = Field(default_factory=dict)
    confirm: Annotated[Id, RefTo("clocks")] = Field(
        description="the clock of the second person, without whom a level by hand does not hold"
    )
    appeal: Annotated[Id, RefTo("clocks")] = Field(description="the clock in which an appeal is answered")
    examples: tuple[ClearanceExample, ...] = ()
