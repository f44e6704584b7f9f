"""Who acts: bodies, roles, areas, who answers for whom; and whom the playbook covers."""

from typing import Annotated

from pydantic import Field

from fugong.playbooks.choices import AreaKind, BodyKind, SubjectKind
from fugong.playbooks.rules.schema.parts import (
    Count,
    Dated,
    Flag,
    Id,
    Named,
    Part,
    Positive,
    RefTo,
    Sourced,
    Table,
    When,
)
from fugong.playbooks.rules.text import Text

BODIES = "organisation.bodies"
ROLES = "organisation.roles"

BodyRef = Annotated[Id, RefTo(BODIES)]
HolderRef = Annotated[Id, RefTo(BODIES, ROLES, remedy="name a body or a role of the organisation")]


class Body(Named):
    """An office that acts. A territory stands for the body of whatever area the applicant is in."""

    kind: BodyKind
    part_of: Annotated[Id | None, RefTo(BODIES)] = None
    members: Annotated[tuple[Id, ...], RefTo(BODIES)] = ()
    area: Annotated[Id | None, RefTo("areas")] = None


class PlaybookRole(Named):
    """A post the policy speaks of. What an account may do is not said here but by the roles of accounts."""

    of: Annotated[Id | None, RefTo(BODIES)] = None
    does: Text | None = None
    count: Positive | None = Field(None, description="how many, where the source says so")


class Organisation(Part):
    bodies: Table[Body] = Field(default_factory=dict)
    roles: Table[PlaybookRole] = Field(default_factory=dict)


class Area(Named):
    kind: AreaKind
    within: Annotated[Id | None, RefTo("areas")] = None


class Subject(Dated):
    """A kind of applicant. `counted_in` is the measure word of its figures."""

    kind: SubjectKind
    is_covered: Flag = True
    counted_in: Text | None = None
    when: When | None = None


class Assignment(Dated):
    """Who answers for which subjects. With `gap_counts` false, nobody assigned is no fault."""

    role: Annotated[Id, RefTo(ROLES)]
    subjects: tuple[SubjectKind, ...] = (SubjectKind.ENTERPRISE,)
    when: When | None = None
    count: Count | None = Field(None, description="how many people hold it, where the source says so")
    gap_counts: Flag = True
    double_cover_counts: Flag = False


class DifficultyKind(Dated):
    """A kind of difficulty an enterprise may raise, and who takes it up by when."""

    lead: BodyRef
    partners: Annotated[tuple[Id, ...], RefTo(BODIES)] = ()
    clock: Annotated[Id | None, RefTo("clocks")] = None


class PlanCondition(Dated):
    """A condition a decision may set for one enterprise (one enterprise, one plan)."""

    text: Text
    when: When | None = None


class EnterprisePlan(Sourced):
    is_required: Flag = False
    conditions: Table[PlanCondition] = Field(default_factory=dict)
