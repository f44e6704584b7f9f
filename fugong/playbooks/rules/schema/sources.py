"""The head of a playbook, the documents it stands on, and its calendar."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from fugong.playbooks.choices import DocumentKind, Standing
from fugong.playbooks.rules.schema.parts import ClauseId, Day, Id, Named, Sourced
from fugong.playbooks.rules.text import Text

Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]


class YearReading(Sourced):
    """The year the dates are read in, where the source writes none."""

    year: Annotated[int, Field(strict=True, ge=1900, le=2200)]
    note: Text


class Head(Sourced):
    id: Id
    version: Version
    title: Text
    authority: Text = Field(description="the body whose rules these are")
    hazard: Text | None = None
    effective_from: Day
    effective_to: Day | None = Field(None, description="the last day in force")
    year_reading: YearReading | None = None


class Source(Named):
    """A document. `clauses` quotes passages that rules refer to, each under an id unique in the playbook."""

    kind: DocumentKind
    standing: Standing
    issuer: Text
    number: str | None = Field(None, description="the official number of the document")
    published_on: Day | None = None
    url: str | None = None
    note: Text | None = None
    clauses: Mapping[ClauseId, str] = Field(default_factory=dict)


class LocalCalendar(Sourced):
    """Days on which the locality departs from the working days published by the State Council."""

    extra_days_off: tuple[Day, ...] = ()
    extra_working_days: tuple[Day, ...] = ()
