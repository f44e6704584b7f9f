"""What a context tells about an applicant, by name and type; conditions may speak of nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum, StrEnum


class FactType(StrEnum):
    STRING = "string"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DATE = "date"
    STRINGS = "list<string>"
    ENUM = "enum"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. An optional one may be unknown (None), and a condition must ask for that first."""

    type: FactType
    values: tuple[str, ...] = ()
    is_optional: bool = False

    @classmethod
    def one_of(cls, values: Iterable[str]) -> "Fact":
        return cls(FactType.ENUM, tuple(str(value) for value in values))

    @classmethod
    def several_of(cls, values: Iterable[str]) -> "Fact":
        """A list of words from a closed list; a word outside it is refused in facts and in conditions."""
        return cls(FactType.STRINGS, tuple(str(value) for value in values))

    def optional(self) -> "Fact":
        return replace(self, is_optional=True)

    def __str__(self) -> str:
        word = self.type.value
        if self.values:
            word = f"{'one' if self.type is FactType.ENUM else 'a list'} of {', '.join(self.values)}"
        return f"{word} or unknown" if self.is_optional else word


STRING = Fact(FactType.STRING)
INT = Fact(FactType.INT)
FLOAT = Fact(FactType.FLOAT)
BOOL = Fact(FactType.BOOL)
DATE = Fact(FactType.DATE)
STRINGS = Fact(FactType.STRINGS)


_UNSAID: Mapping[FactType, object] = {
    FactType.STRING: "",
    FactType.ENUM: "",
    FactType.INT: 0,
    FactType.FLOAT: 0.0,
    FactType.BOOL: False,
    FactType.DATE: date.min,
    FactType.STRINGS: (),
}


class FactsInvalid(ValueError):
    """Facts that do not keep to their schema: a mistake of the context that gave them, never of a citizen."""

    def __init__(self, schema: str, complaints: Mapping[str, str]) -> None:
        self.complaints = dict(complaints)
        listed = "; ".join(f"{name}: {complaint}" for name, complaint in self.complaints.items())
        super().__init__(f"{schema}: {listed}")


@dataclass(frozen=True)
class FactSchema:
    name: str
    facts: Mapping[str, Fact]

    def complaints(self, given: Mapping[str, object]) -> dict[str, str]:
        """What is wrong with these facts, by fact; empty when they can be judged."""
        found: dict[str, str] = {}
        for name in given:
            if name not in self.facts:
                found[name] = f"is not a fact of {self.name}"
        for name, fact in self.facts.items():
            complaint = _complaint(fact, given.get(name))
            if complaint:
                found[name] = complaint
        return found

    def unsaid(self) -> dict[str, object]:
        """The facts of a subject of whom nobody has said anything: empty, no, none; the first of a list."""
        return {name: _UNSAID[fact.type] for name, fact in self.facts.items() if not fact.is_optional} | {
            name: fact.values[0]
            for name, fact in self.facts.items()
            if fact.type is FactType.ENUM and not fact.is_optional
        }

    def prepared(self, given: Mapping[str, object]) -> dict[str, object]:
        """The facts as CEL takes them: one dictionary serves all conditions of a playbook.

        Raises FactsInvalid; an optional fact that is not given is unknown.
        """
        complaints = self.complaints(given)
        if complaints:
            raise FactsInvalid(self.name, complaints)
        return {name: _as_cel(fact, given.get(name)) for name, fact in self.facts.items()}


def _complaint(fact: Fact, value: object) -> str:
    if value is None:
        return "" if fact.is_optional else f"is missing; it must be {fact}"
    if not _is_of_type(fact, value):
        return f"is {value!r}; it must be {fact}"
    return ""


def _is_of_type(fact: Fact, value: object) -> bool:
    match fact.type:
        case FactType.STRING:
            return isinstance(value, str)
        case FactType.ENUM:
            return isinstance(value, str) and _plain(value) in fact.values
        case FactType.INT:
            return isinstance(value, int) and not isinstance(value, bool)
        case FactType.FLOAT:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case FactType.BOOL:
            return isinstance(value, bool)
        case FactType.DATE:
            return isinstance(value, date) and not isinstance(value, datetime)
        case FactType.STRINGS:
            return isinstance(value, list | tuple | set | frozenset) and all(
                isinstance(item, str) and (not fact.values or _plain(item) in fact.values) for item in value
            )


def _as_cel(fact: Fact, value: object) -> object:
    """CEL does not mix int with double and knows days only as timestamps: midnight UTC stands for a day."""
    if fact.type is FactType.STRINGS and isinstance(value, list | tuple | set | frozenset):
        return sorted(_plain(item) for item in value)
    if fact.type is FactType.FLOAT and isinstance(value, int):
        return float(value)
    if isinstance(value, date):
        return midnight(value)
    return _plain(value) if isinstance(value, str) else value


def _plain(value: str) -> str:
    return str(value.value) if isinstance(value, Enum) else value


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
