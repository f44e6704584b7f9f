"""What a desk sends and is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from fugong.passage.operations.crossings import MOST_AT_ONCE, CrossingTold
from fugong.passage.rules.crossings import MOST_PEOPLE, CrossingData, Traveller

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
LATEST = 253_402_300_799_000_000
"""The last moment of the year 9999, in microseconds since 1970 UTC."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Person(Strict):
    """By code, by document, or by name. `temperature` in tenths of a degree."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""
    document: Short = ""
    name: Short = ""
    temperature: int | None = None


class Crossing(Strict):
    """One vehicle. `at` in microseconds since 1970 UTC; `nonce` drawn once: sent again it is the same."""

    gate: Annotated[int, Field(ge=0, lt=1 << 31)]
    at: Annotated[int, Field(ge=0, le=LATEST)]
    nonce: int
    plate: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
    people: int = 1
    direction: int = 1
    origin: Short = ""
    travellers: Annotated[list[Person], Field(max_length=MOST_PEOPLE)] = Field(default_factory=list)
    answer: int = 0
    reason: int = 0
    is_forced: bool = False

    def data(self) -> CrossingData:
        said = self.model_dump(exclude={"at", "travellers"})
        people = tuple(Traveller(**each.model_dump()) for each in self.travellers)
        # Whole numbers: a fraction of seconds as a float would lose a microsecond.
        moment = datetime.fromtimestamp(self.at // 1_000_000, UTC).replace(microsecond=self.at % 1_000_000)
        return CrossingData(at=moment, travellers=people, **said)


class Batch(Strict):
    crossings: Annotated[list[Crossing], Field(min_length=1, max_length=MOST_AT_ONCE)]


def told(each: CrossingTold) -> dict[str, object]:
    """As it is sent: with `fields` nothing of it was kept, and it is to be put right or put away."""
    return {
        "gate": each.gate,
        "nonce": each.nonce,
        "kept": not each.fields,
        "answer": each.answer,
        "reason": each.reason,
        "people": [{"answer": person.answer, "reason": person.reason} for person in each.people],
        "was_known": each.was_known,
        "fields": {name: str(sentence) for name, sentence in each.fields.items()},
    }
