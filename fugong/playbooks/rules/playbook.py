"""A loaded playbook: the policy, its text as written, and the questions asked of it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar

from fugong.playbooks.choices import LodgingKind
from fugong.playbooks.rules.cadences import Window, falls_due_on, windows_on
from fugong.playbooks.rules.calling import Called, called_after
from fugong.playbooks.rules.clocks import StateCouncilCalendar, deadline
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.gates import GateRule, gate_rule, gates_on
from fugong.playbooks.rules.in_force import (
    applies,
    area_of,
    in_force,
    in_force_anywhere,
    priority_of,
    wave_of,
    waves_of,
)
from fugong.playbooks.rules.known_facts import PERSON, registered_facts
from fugong.playbooks.rules.provenance import Origins
from fugong.playbooks.rules.returning import Apart, ReturnAnswer, answer_for, apart_of
from fugong.playbooks.rules.routing import RouteChoice, choose_route
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.gates import GatePolicy, VenuePolicy
from fugong.playbooks.rules.schema.organisation import Assignment, PlanCondition
from fugong.playbooks.rules.schema.reporting import BulletinForm
from fugong.playbooks.rules.schema.routes import Clock, Route
from fugong.playbooks.rules.schema.standards import Letter, Paper, Standard, VisitCheck
from fugong.playbooks.rules.schema.timing import Cadence, Priority, Wave
from fugong.playbooks.rules.text import Text

Facts = Mapping[str, object]


Rule = TypeVar("Rule", Standard, VisitCheck, Paper, Letter, PlanCondition, Cadence, Assignment)


@dataclass(frozen=True)
class Playbook:
    """Questions take the facts of `facts_schema` and the day asked about; FactsInvalid is raised for others.

    What belongs to a route (standards, visit checks, papers, letters) is empty for an applicant without one.
    """

    policy: Policy
    text: str
    file: str
    facts_schema: FactSchema

    @property
    def id(self) -> str:
        return self.policy.playbook.id

    @property
    def version(self) -> str:
        return self.policy.playbook.version

    @property
    def title(self) -> Text:
        return self.policy.playbook.title

    @property
    def effective_from(self) -> date:
        return self.policy.playbook.effective_from

    @property
    def effective_to(self) -> date | None:
        """The last day in force."""
        return self.policy.playbook.effective_to

    @property
    def number_of_examples(self) -> int:
        """Of applicants, of levels, of health reports, of gates and of returns."""
        policy = self.policy
        tables = (policy.clearance, policy.health, *policy.gates.values())
        carried = (table.examples for table in tables if table)
        return len(policy.examples) + len(policy.origins.examples) + sum(map(len, carried))

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def origins(self) -> Origins:
        return Origins(self.policy)

    @cached_property
    def calendar(self) -> StateCouncilCalendar:
        local = self.policy.calendar
        return StateCouncilCalendar(
            extra_days_off=frozenset(local.extra_days_off),
            extra_working_days=frozenset(local.extra_working_days),
        )

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def route_for(self, facts: Facts, on: date) -> RouteChoice:
        return self._choice(self.facts_schema.prepared(facts), on)

    def standards_for(self, facts: Facts, on: date) -> tuple[Standard, ...]:
        prepared = self.facts_schema.prepared(facts)
        route = self._choice(prepared, on).route
        named = [self.policy.standards[id_] for id_ in route.standards] if route else []
        return self._fitting(named, prepared, on)

    def visit_checks_for(self, facts: Facts, on: date) -> tuple[VisitCheck, ...]:
        prepared = self.facts_schema.prepared(facts)
        route = self._choice(prepared, on).route
        named = [self.policy.visit_checks[id_] for id_ in route.visit_checks] if route else []
        return self._fitting(named, prepared, on)

    def papers_for(self, facts: Facts, on: date) -> tuple[Paper, ...]:
        """The papers to be brought or printed, those of letters included."""
        prepared = self.facts_schema.prepared(facts)
        route = self._choice(prepared, on).route
        asked = [*route.papers, *(letter.paper for letter in self.letters_for(facts, on))] if route else []
        return self._fitting([self.policy.papers[id_] for id_ in dict.fromkeys(asked)], prepared, on)

    def letters_for(self, facts: Facts, on: date) -> tuple[Letter, ...]:
        prepared = self.facts_schema.prepared(facts)
        route = self._choice(prepared, on).route
        named = [self.policy.letters[id_] for id_ in route.letters] if route else []
        return self._fitting(named, prepared, on)

    def may_ask_for(self, paper: str, on: date, area: str | None = None) -> bool:
        """A paper outside the list, or no longer in force (in that area), may not be asked for by anybody."""
        listed = self.policy.papers.get(paper)
        return listed is not None and in_force(self.policy, listed, on, area)

    def plan_conditions_for(self, facts: Facts, on: date) -> tuple[PlanCondition, ...]:
        """What a decision may choose from for one enterprise."""
        prepared = self.facts_schema.prepared(facts)
        return self._fitting(self.policy.enterprise_plan.conditions.values(), prepared, on)

    def cadences_for(self, facts: Facts, on: date) -> tuple[Cadence, ...]:
        prepared = self.facts_schema.prepared(facts)
        found = (each for each in self.policy.cadences.values() if prepared.get("kind") in each.subjects)
        return self._fitting(found, prepared, on)

    def cadences_on(self, on: date) -> tuple[Cadence, ...]:
        """Those in force that day for anybody anywhere."""
        rules = self.policy.cadences.values()
        return tuple(each for each in rules if in_force_anywhere(self.policy, each, on))

    def falls_due_on(self, cadence: Cadence, day: date) -> bool:
        """Its periods are counted from the day it came into force."""
        return falls_due_on(cadence, day, since=self._since(cadence))

    def cadences_of_people(self, on: date) -> tuple[Cadence, ...]:
        """Those by which people owe something that day, wherever they are."""
        return tuple(each for each in self.cadences_on(on) if each.is_for_people)

    def is_asked(self, cadence: Cadence, facts: Facts, on: date) -> bool:
        """Whether a person of these facts (`people.facts.PERSON_FACTS`, prepared) is one of whom it asks."""
        return in_force(self.policy, cadence, on, area_of(facts)) and applies(cadence.who, facts)

    def windows_on(self, cadence: Cadence, day: date) -> tuple[Window, ...]:
        return windows_on(cadence, day, since=self._since(cadence))

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        """Between which times of day only what is urgent is sent; None where the playbook does not say."""
        hours = self.policy.reminders
        return (hours.quiet_from, hours.quiet_to) if hours else None

    def _since(self, cadence: Cadence) -> date:
        return cadence.in_force_from or self.effective_from

    def assignments_for(self, facts: Facts, on: date) -> tuple[Assignment, ...]:
        """The rules by which somebody answers for this subject."""
        prepared = self.facts_schema.prepared(facts)
        found = (each for each in self.policy.assignments.values() if prepared.get("kind") in each.subjects)
        return self._fitting(found, prepared, on)

    def bulletins_on(self, on: date) -> tuple[BulletinForm, ...]:
        return tuple(form for form in self.policy.bulletins.values() if in_force(self.policy, form, on))

    def priority_for(self, facts: Facts, on: date) -> Priority | None:
        """The most urgent class that fits."""
        return priority_of(self.policy, self.facts_schema.prepared(facts), on)

    def wave_for(self, facts: Facts, on: date) -> Wave | None:
        return wave_of(self.policy, self.facts_schema.prepared(facts), on)

    def waves_for(self, facts: Facts, on: date) -> tuple[Wave, ...]:
        """All the applicant may belong to: where the first is full, the next takes it."""
        return tuple(waves_of(self.policy, self.facts_schema.prepared(facts), on))

    def return_answer(self, person: Facts, on: date) -> ReturnAnswer:
        """May somebody with these facts of a person come back, arriving on that day?"""
        return answer_for(self.policy, registered_facts(PERSON).prepared(person), on)

    def apart_of(self, answer: ReturnAnswer, lodging: LodgingKind) -> Apart | None:
        return apart_of(self.policy, answer, lodging)

    def gate_rule(self, key: str, on: date, area: str | None = None) -> GateRule | None:
        """What a gate of this kind asks for; None where the playbook does not say on that day."""
        return gate_rule(self.policy, key, on, area)

    def gates_on(self, on: date) -> tuple[GatePolicy, ...]:
        """The kinds a gate may be of."""
        return gates_on(self.policy, on)

    @property
    def venues(self) -> VenuePolicy:
        """With the defaults where the playbook says nothing."""
        return self.policy.venues or VenuePolicy()

    def clock_of(self, route: Route) -> Clock:
        return self.policy.clocks[route.clock]

    def due_at(self, submitted_at: datetime, route: Route) -> datetime:
        return deadline(submitted_at, self.clock_of(route), self.calendar)

    def called_after(self, due: datetime, clock: str) -> tuple[Called, ...]:
        """Whom a clock of `clocks` calls once its deadline `due` has passed, each from a moment on."""
        return called_after(self.policy, clock, due, self.calendar)

    def warned_before(self, due: datetime, clock: str) -> tuple[datetime, ...]:
        """When whoever owes something by a clock of `clocks` is reminded of its deadline `due`."""
        hours = self.policy.clocks[clock].warn_hours_before
        return (due - timedelta(hours=hours),) if hours else ()

    def reminders_of(self, cadence: Cadence, window: Window) -> tuple[datetime, ...]:
        """As the cadence says; where it says nothing, as its clock does, if the turn is open by then."""
        if window.reminds_at or cadence.clock is None:
            return window.reminds_at
        warned = self.warned_before(window.due_at, cadence.clock)
        return tuple(each for each in warned if each > window.opens_at)

    def _choice(self, prepared: Facts, on: date) -> RouteChoice:
        return choose_route(self.policy, self.origins, prepared, on)

    def _fitting(self, rules: Iterable[Rule], prepared: Facts, on: date) -> tuple[Rule, ...]:
        return tuple(
            rule
            for rule in rules
            if in_force(self.policy, rule, on, area_of(prepared)) and applies(rule.when, prepared)
        )
