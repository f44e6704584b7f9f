"""The whole of a playbook file."""

from pydantic import Field

from fugong.playbooks.rules.schema.clearance import ClearanceTable
from fugong.playbooks.rules.schema.examples import Example
from fugong.playbooks.rules.schema.gates import GatePolicy, RetentionRule, VenuePolicy
from fugong.playbooks.rules.schema.health import Health
from fugong.playbooks.rules.schema.organisation import (
    Area,
    Assignment,
    DifficultyKind,
    EnterprisePlan,
    Organisation,
    Subject,
)
from fugong.playbooks.rules.schema.origins import OriginPolicy
from fugong.playbooks.rules.schema.parts import Part, Table
from fugong.playbooks.rules.schema.reporting import BulletinForm, FigureRule
from fugong.playbooks.rules.schema.routes import Certificate, Clock, Route
from fugong.playbooks.rules.schema.sources import Head, LocalCalendar, Source
from fugong.playbooks.rules.schema.standards import Letter, Paper, Standard, VisitCheck
from fugong.playbooks.rules.schema.timing import Cadence, NotBefore, Priority, Regime, Reminders, Wave


class Policy(Part):
    """Which tables may not be empty is checked apart, so that one missing hides no other mistake."""

    playbook: Head
    sources: Table[Source] = Field(default_factory=dict)
    calendar: LocalCalendar = LocalCalendar()
    organisation: Organisation = Organisation()
    areas: Table[Area] = Field(default_factory=dict)
    subjects: Table[Subject] = Field(default_factory=dict)
    regimes: Table[Regime] = Field(default_factory=dict)
    standards: Table[Standard] = Field(default_factory=dict)
    visit_checks: Table[VisitCheck] = Field(default_factory=dict)
    papers: Table[Paper] = Field(default_factory=dict)
    letters: Table[Letter] = Field(default_factory=dict)
    clocks: Table[Clock] = Field(default_factory=dict)
    routes: Table[Route] = Field(default_factory=dict)
    not_before: Table[NotBefore] = Field(default_factory=dict)
    priorities: Table[Priority] = Field(default_factory=dict)
    waves: Table[Wave] = Field(default_factory=dict)
    cadences: Table[Cadence] = Field(default_factory=dict)
    reminders: Reminders | None = None
    clearance: ClearanceTable | None = None
    certificate: Certificate | None = None
    enterprise_plan: EnterprisePlan = EnterprisePlan()
    assignments: Table[Assignment] = Field(default_factory=dict)
    difficulties: Table[DifficultyKind] = Field(default_factory=dict)
    origins: OriginPolicy = OriginPolicy()
    figures: Table[FigureRule] = Field(default_factory=dict)
    bulletins: Table[BulletinForm] = Field(default_factory=dict)
    health: Health | None = None
    gates: Table[GatePolicy] = Field(default_factory=dict)
    venues: VenuePolicy | None = None
    retention: Table[RetentionRule] = Field(default_factory=dict)
    examples: tuple[Example, ...] = ()
