"""Good and bad cases a playbook carries, so that it can be tried before anybody is judged by it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import ExampleKind, ReasonCode
from fugong.playbooks.rules.schema.parts import Day, Id, Moment, Part, RefTo
from fugong.playbooks.rules.text import Text


class Expectation(Part):
    """What must come out. Only what is written is compared."""

    route: Annotated[Id | None, RefTo("routes")] = None
    refused: ReasonCode | None = None
    clause: str | None = Field(None, description="the reference the refusal must give")
    first_steps: tuple[Id, ...] | None = None
    due: Moment | None = None
    earliest_start: Moment | None = None
    standards: Annotated[tuple[Id, ...] | None, RefTo("standards")] = None
    visit_checks: Annotated[tuple[Id, ...] | None, RefTo("visit_checks")] = None
    papers: Annotated[tuple[Id, ...] | None, RefTo("papers")] = None
    priority: Annotated[Id | None, RefTo("priorities")] = None


class Example(Part):
    """Examples test the rules; they are nobody's policy and so carry no origin."""

    name: Text
    kind: ExampleKind
    on: Day
    submitted_at: Moment | None = None
    facts: Mapping[str, object]
    expect: Expectation
