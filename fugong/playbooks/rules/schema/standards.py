"""Named standards, what a visit checks, the papers that may be asked for, letters of commitment."""

from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import Answer, EvidenceKind, FileFormat, Listing
from fugong.playbooks.rules.schema.organisation import BODIES
from fugong.playbooks.rules.schema.parts import (
    Count,
    Dated,
    Day,
    Flag,
    Id,
    Named,
    Positive,
    RefTo,
    Table,
    When,
)
from fugong.playbooks.rules.text import Text

ONLY_LISTED = (
    "add it to [papers] with its source, or do not ask for it: a paper outside the list may not be asked for"
)


class Item(Named):
    weight: Count = 1
    is_veto: Flag = Field(False, description="failing this item fails the whole standard")
    evidence: tuple[EvidenceKind, ...] = ()
    papers: Annotated[tuple[Id, ...], RefTo("papers", remedy=ONLY_LISTED)] = ()
    when: When | None = Field(None, description="asked only of applicants for whom this holds")


class Standard(Dated):
    """A named checklist. One whose items the source does not list is kept with its name and no items."""

    issuer: Annotated[Id | None, RefTo(BODIES)] = None
    edition: str | None = Field(None, min_length=1, description="the issuer's version, or the day of issue")
    issued_on: Day | None = None
    listing: Listing
    number_in_name: Positive | None = Field(None, description="the number of items the name promises")
    number_note: Text | None = Field(None, description="why the number in the name is not that of the items")
    pass_weight: Count | None = Field(None, description="the weight needed to pass; without it, every item")
    items: Table[Item] = Field(default_factory=dict)
    when: When | None = None


class VisitCheck(Dated):
    """One line of an on-site visit: a standard as a whole, a question, or a count."""

    answer: Answer
    standard: Annotated[Id | None, RefTo("standards")] = None
    unit: Text | None = None
    minimum: Count | None = None
    is_veto: Flag = False
    evidence: tuple[EvidenceKind, ...] = ()
    when: When | None = None


class Paper(Dated):
    """A paper that may be asked for. One printed from the record is never asked for but produced."""

    what: Text
    is_required: Flag = True
    is_printed_from_record: Flag = False
    formats: tuple[FileFormat, ...] = ()
    max_megabytes: Positive = 20
    when: When | None = None


class Letter(Dated):
    """A letter of commitment and what is promised in it."""

    paper: Annotated[Id, RefTo("papers", remedy=ONLY_LISTED)]
    promises: tuple[Text, ...] = Field(min_length=1)
    when: When | None = None
