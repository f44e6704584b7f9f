"""Who may come back from where: not yet, under which conditions, and where somebody is kept apart."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import ApartAt, ConditionKind, ExpectedReturn, LodgingKind, ReturnDecision
from fugong.playbooks.rules.schema.parts import (
    Dated,
    Day,
    Id,
    Named,
    Part,
    Positive,
    RefTo,
    Sourced,
    Table,
    WhenPerson,
)
from fugong.playbooks.rules.text import Text

CONDITIONS = "origins.conditions"


class ReturnCondition(Named):
    """What is asked of somebody who comes back. Only a separation has days and a place."""

    kind: ConditionKind
    days: Positive | None = Field(
        None, description="of a separation: whole days, the day of arrival is the first"
    )
    place: ApartAt | None = Field(
        None, description="of a separation: where; by_lodging follows [origins.places]"
    )
    text: Text


class OriginRule(Dated):
    """The first rule in force whose condition holds decides, by rank."""

    rank: Positive
    when: WhenPerson | None = Field(
        None, description="about the person; without it, the rule is for everybody"
    )
    decision: ReturnDecision
    conditions: Annotated[tuple[Id, ...], RefTo(CONDITIONS)] = ()
    if_returned: Annotated[tuple[Id, ...], RefTo(CONDITIONS)] = Field(
        (), description="what is done with somebody who may not come yet and came nevertheless"
    )
    reason: Text = Field(description="the sentence that the person and the enterprise are told")


class ExpectedOrigin(Part):
    """What must come out. `ask` is the answer where something a rule asks about is not known."""

    decision: ExpectedReturn
    rule: Annotated[Id | None, RefTo("origins.rules")] = None
    conditions: Annotated[tuple[Id, ...] | None, RefTo(CONDITIONS)] = None


class OriginExample(Part):
    """A made-up person to try the rules on. Facts left out are those nobody has told."""

    name: Text
    on: Day
    person: Mapping[str, object]
    expect: ExpectedOrigin


class PlacesByLodging(Sourced):
    """Where somebody who lives so is kept apart."""

    home: ApartAt | None = None
    dormitory: ApartAt | None = None
    other: ApartAt | None = None

    def of(self, lodging: LodgingKind) -> ApartAt | None:
        found = getattr(self, lodging.value)
        assert found is None or isinstance(found, ApartAt)
        return found


class OriginPolicy(Sourced):
    """Rules about where people come from. Without any, nobody is told that he or she may return."""

    places: PlacesByLodging = PlacesByLodging()
    conditions: Table[ReturnCondition] = Field(default_factory=dict)
    rules: Table[OriginRule] = Field(default_factory=dict)
    examples: tuple[OriginExample, ...] = ()

    def by_rank(self) -> list[OriginRule]:
        return sorted(self.rules.values(), key=lambda rule: rule.rank)
