"""A loaded playbook: the policy, its text as written, and the questions asked of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from fugong.playbooks.rules.clocks import StateCouncilCalendar, deadline
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.in_force import applies, in_force
from fugong.playbooks.rules.provenance import Origins
from fugong.playbooks.rules.routing import RouteChoice, choose_route
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.routes import Clock, Route
from fugong.playbooks.rules.schema.standards import Letter, Paper, Standard, VisitCheck
from fugong.playbooks.rules.schema.timing import Priority
from fugong.playbooks.rules.text import Text

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Playbook:
    """Questions take the facts of `facts_schema` and the day asked about; FactsInvalid is raised for others."""

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
        return choose_route(self.policy, self.facts_schema.prepared(facts), on)

    def standards_for(self, facts: Facts, on: date) -> tuple[Standard, ...]:
        """The standards of the applicant's route; none when it has no route."""
        prepared = self.facts_schema.prepared(facts)
        return tuple(
            standard
            for id_ in self._route(prepared, on, "standards")
            if in_force(self.policy, standard := self.policy.standards[id_], on)
            and applies(standard.when, prepared)
        )

    def visit_checks_for(self, facts: Facts, on: date) -> tuple[VisitCheck, ...]:
        prepared = self.facts_schema.prepared(facts)
        return tuple(
            check
            for id_ in self._route(prepared, on, "visit_checks")
            if in_force(self.policy, check := self.policy.visit_checks[id_], on)
            and applies(check.when, prepared)
        )

    def papers_for(self, facts: Facts, on: date) -> tuple[Paper, ...]:
        """The papers to be brought or printed, those of letters included."""
        prepared = self.facts_schema.prepared(facts)
        asked = list(self._route(prepared, on, "papers"))
        asked += [letter.paper for letter in self.letters_for(facts, on)]
        return tuple(
            paper
            for id_ in dict.fromkeys(asked)
            if in_force(self.policy, paper := self.policy.papers[id_], on) and applies(paper.when, prepared)
        )

    def letters_for(self, facts: Facts, on: date) -> tuple[Letter, ...]:
        prepared = self.facts_schema.prepared(facts)
        return tuple(
            letter
            for id_ in self._route(prepared, on, "letters")
            if in_force(self.policy, letter := self.policy.letters[id_], on)
            and applies(letter.when, prepared)
        )

    def may_ask_for(self, paper: str, on: date) -> bool:
        """A paper outside the list, or no longer in force, may not be asked for by anybody."""
        listed = self.policy.papers.get(paper)
        return listed is not None and in_force(self.policy, listed, on)

    def priority_for(self, facts: Facts, on: date) -> Priority | None:
        """The most urgent class that fits."""
        prepared = self.facts_schema.prepared(facts)
        fitting = (
            priority
            for priority in self.policy.priorities.values()
            if in_force(self.policy, priority, on) and applies(priority.when, prepared)
        )
        return min(fitting, key=lambda priority: priority.rank, default=None)

    def clock_of(self, route: Route) -> Clock:
        return self.policy.clocks[route.clock]

    def due_at(self, submitted_at: datetime, route: Route) -> datetime:
        return deadline(submitted_at, self.clock_of(route), self.calendar)

    def _route(self, prepared: Facts, on: date, field: str) -> tuple[str, ...]:
        route = choose_route(self.policy, prepared, on).route
        if route is None:
            return ()
        named: tuple[str, ...] = getattr(route, field)
        return named
