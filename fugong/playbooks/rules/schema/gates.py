"""What is asked for at a gate, how a venue is scanned, and how long records are kept."""

from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import Directions, GateAnswer, GateKind, Measuring, OnTheSpot, SubjectKind
from fugong.playbooks.rules.schema.clearance import LEVELS
from fugong.playbooks.rules.schema.parts import (
    Count,
    Dated,
    Flag,
    Id,
    Named,
    Number,
    Part,
    Positive,
    RefTo,
    Sourced,
)
from fugong.playbooks.rules.text import Text


class GateExample(Part):
    """Somebody known at a gate, and the answer that must come out. Without a level: no file."""

    name: Text
    level: Annotated[Id | None, RefTo(LEVELS)] = None
    temperature: Number | None = None
    answer: GateAnswer


class GatePolicy(Dated):
    """A kind of gate; each gate of the register is of one of them.

    Nobody passes unasked for want of a record: neither at the level `unknown` nor without a file.
    """

    kind: GateKind
    levels: dict[Id, GateAnswer] = Field(description="each level of [clearance.levels] and its answer")
    instead_of: Annotated[Id | None, RefTo("gates")] = Field(
        None, description="the kind of gate whose place this one takes while it is in force"
    )
    own_people_only: Flag = Field(
        False, description="whoever does not work at the enterprise of the gate is asked"
    )
    measure_temperature: Measuring = Measuring.MAY
    fever_from: Number | None = Field(
        None, description="in degrees Celsius; without it, the limit of [health.temperature]"
    )
    test_hours: Positive | None = Field(None, description="how old a negative test may be")
    shift_margin: Count | None = Field(
        None, description="minutes before and after the own shift; without it, any hour"
    )
    loop: Flag = Field(False, description="only members of the closed loop of the gate")
    visitors: GateAnswer = Field(GateAnswer.ASK, description="a visitor within the window agreed")
    vehicles: GateAnswer = Field(GateAnswer.ALLOW, description="a vehicle with a pass that is valid")
    directions: Directions = Directions.BOTH
    presence_minutes: Positive = Field(
        840, description="after so long without leaving, that somebody is inside is doubtful"
    )
    examples: tuple[GateExample, ...] = ()


class VenuePolicy(Sourced):
    """How a place is scanned by those who come to it."""

    on_the_spot: OnTheSpot = OnTheSpot.NONE
    nonce_minutes: Positive = Field(5, description="how long a scanned page can be sent off")
    position_metres: Positive | None = Field(None, description="how far from the place a scan may be made")
    crowd_per_minute: Positive = Field(
        500, description="so many people in one minute are a sign that the code was passed on"
    )
    needed_by: tuple[SubjectKind, ...] = Field((), description="whose places must have a code")
    used_daily: Flag = Field(
        False, description="a place that was not scanned on a working day is shown as a gap"
    )


class RetentionRule(Named):
    """How many days a class of data is kept; the table's name is that of the class."""

    days: Count
