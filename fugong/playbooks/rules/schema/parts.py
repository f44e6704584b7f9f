"""What all tables of a playbook share: strict values, a name, an origin, days in force, references."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from fugong.playbooks.choices import Origin
from fugong.playbooks.rules.conditions import Condition, ConditionInvalid
from fugong.playbooks.rules.errors import KeyPath
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.known_facts import PERSON, registered_facts
from fugong.playbooks.rules.text import Text

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
ClauseId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=64)]
Count = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, ge=1)]
Flag = Annotated[bool, Field(strict=True)]
Day = Annotated[date, Field(strict=True)]
TimeOfDay = Annotated[time, Field(strict=True)]


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise PydanticCustomError(
            "playbook", "has no time zone", {"remedy": "write it with its zone: 2022-04-27T09:00:00+08:00"}
        )
    return moment


Moment = Annotated[datetime, Field(strict=True), AfterValidator(_aware)]


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("playbook", "is not a number", {"remedy": "write a number without quotes"})
    return Decimal(value)


Number = Annotated[Decimal, PlainValidator(_number, json_schema_input_type=int | float)]


def _condition(value: object, info: ValidationInfo) -> Condition:
    schema = (info.context or {}).get("facts")
    if not isinstance(schema, FactSchema):
        raise TypeError("conditions can be read only with the fact schema in the validation context")
    return _compiled(value, schema)


def _compiled(value: object, schema: FactSchema) -> Condition:
    if not isinstance(value, str):
        raise PydanticCustomError("playbook", "is not a condition", {"remedy": "write it as text in quotes"})
    try:
        return Condition.compiled(value, schema)
    except ConditionInvalid as error:
        raise PydanticCustomError(
            "playbook", "{complaint}", {"complaint": str(error), "remedy": error.remedy}
        ) from error


When = Annotated[Condition, PlainValidator(_condition, json_schema_input_type=str)]
WhenPerson = Annotated[
    Condition,
    PlainValidator(lambda value: _compiled(value, registered_facts(PERSON)), json_schema_input_type=str),
]
"""A condition about one person of the ledger, by the facts that the person files publish."""


@dataclass(frozen=True)
class RefTo:
    """Marks a field as naming one or several entries of other tables; the checks look them up."""

    tables: tuple[str, ...]
    remedy: str = "write the id of an entry that exists, or add the entry"

    def __init__(self, *tables: str, remedy: str = remedy) -> None:
        object.__setattr__(self, "tables", tables)
        object.__setattr__(self, "remedy", remedy)


class Part(BaseModel):
    """Any table. Unknown keys are refused; a loaded playbook never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class KeyOrigin(Part):
    """The origin of one key, where it differs from that of its table."""

    origin: Origin
    ref: tuple[ClauseId, ...] = ()
    why: Text | None = None


class Sourced(Part):
    """A table that says where its values come from. Tables inside it inherit what they leave unsaid."""

    origin: Origin | None = Field(None, description="source, national-default or local-choice")
    ref: tuple[ClauseId, ...] = Field((), description="ids of clauses or of whole sources")
    why: Text | None = Field(None, description="the reason; required for a local choice")
    origin_of: Mapping[str, KeyOrigin] = Field(
        default_factory=dict, description="origins of single keys of this table that differ"
    )


class Named(Sourced):
    """An entry of a table of entries; its id is the name of its table and is not repeated inside."""

    name: Text
    _id: str = PrivateAttr("")

    @property
    def id(self) -> str:
        return self._id

    def called(self, name: str) -> None:
        self._id = name


class Dated(Named):
    """A rule with days in force, both inclusive, and the regimes it belongs to (none: all of them)."""

    in_force_from: Day | None = None
    in_force_to: Day | None = Field(None, description="the last day in force")
    regimes: Annotated[tuple[str, ...], RefTo("regimes")] = ()

    def is_within(self, on: date) -> bool:
        after_start = self.in_force_from is None or self.in_force_from <= on
        return after_start and (self.in_force_to is None or on <= self.in_force_to)


Entry = TypeVar("Entry", bound=Named)


def _named_by_key(entries: dict[str, Entry]) -> dict[str, Entry]:
    for key, entry in entries.items():
        entry.called(key)
    return entries


Table = Annotated[dict[Id, Entry], AfterValidator(_named_by_key)]


def parts_of(part: BaseModel, path: KeyPath = ()) -> Iterator[tuple[KeyPath, BaseModel]]:
    """The part itself and every part inside it, each with the path under which it is written."""
    yield path, part
    for name in type(part).model_fields:
        yield from _parts_in(getattr(part, name), (*path, name))


def _parts_in(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, BaseModel]]:
    if isinstance(value, BaseModel):
        yield from parts_of(value, path)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _parts_in(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _parts_in(item, (*path, index))
