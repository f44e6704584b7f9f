"""At which level a person stands by what is on record: from when, until when, and why.

Evidence and playbook given, the level is a function of time that changes at few moments. It is asked for at
those moments only, so that the answer also says since when and until when it holds without anybody's doing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from fugong.playbooks.rules.clocks import LOCAL
from fugong.playbooks.rules.conditions import Condition
from fugong.playbooks.rules.in_force import applies, area_of, in_force
from fugong.playbooks.rules.known_evidence import BY_HAND
from fugong.playbooks.rules.schema import Dated, Policy
from fugong.playbooks.rules.schema.clearance import ClearanceTable, LevelRule, Relief, Requirement

Asking = LevelRule | Requirement
A_MOMENT = timedelta(microseconds=1)
PASSING = frozenset({"days_employed"})
"""Facts that change by the mere passing of days."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One piece of evidence; `until` is when it ends or was relieved. `level` and `reason` only by hand."""

    id: str
    kind: str
    since: datetime
    until: datetime | None = None
    level: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Period:
    """A playbook and the moment it comes into force; None: it is in force already."""

    starts_at: datetime | None
    policy: Policy

    @property
    def table(self) -> ClearanceTable:
        assert self.policy.clearance is not None
        return self.policy.clearance

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The levels from the free one to the most restrictive."""
        return tuple(self.table.levels)

    @cached_property
    def dated(self) -> tuple[Asking, ...]:
        return (*self.table.rules.values(), *self.table.requires.values())

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(rule.when for rule in self.dated if rule.when)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The facts about a person that its rules ask for."""
        asked = frozenset().union(*(condition.names for condition in self.conditions))
        return asked | ({"park"} if any(rule.regimes for rule in self.dated) else frozenset())

    @cached_property
    def turns(self) -> tuple[datetime, ...]:
        """The midnights at which a rule comes into force or ends, by its own days or those of its regimes."""
        days: set[date] = set()
        for rule in self.dated:
            days.update(_days(rule.in_force_from, rule.in_force_to))
            for regime in rule.regimes:
                for period in self.policy.regimes[regime].periods:
                    days.update(_days(period.from_day, period.to_day))
        return tuple(midnight_of(day) for day in sorted(days))


@dataclass(frozen=True)
class Law:
    """The playbooks that hold from now on, one after the other."""

    periods: tuple[Period, ...]

    @property
    def needs(self) -> frozenset[str]:
        return frozenset().union(*(period.needs for period in self.periods))


class GroundKind(StrEnum):
    RULE = "rule"
    BY_HAND = "by-hand"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a level holds: a rule or a hand that set it, or something the free level needs (`met` or not).

    `key` is the rule, the reason or the requirement in its table; `evidence` the id of what it stands on.
    """

    kind: GroundKind
    key: str
    level: str
    met: bool
    evidence: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`asks`: the record does not say enough. None in `since`: as far as the record goes back."""

    level: str
    asks: bool
    since: datetime | None
    until: datetime | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    ground: Ground
    rule: Dated | None
    since: datetime
    until: datetime | None

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


def level_of(evidence: Iterable[Recorded], facts: Mapping[str, object], law: Law, now: datetime) -> Standing:
    """`facts` are prepared by the schema of people (only those in `law.needs` are asked for).

    More restrictive evidence never lowers the level, and where nothing is on record it is never the free one.
    """
    recorded = tuple(evidence)
    lines = [_Line(period, recorded, facts) for period in law.periods]
    return _Course(lines, now).standing()


def level_at(
    evidence: Iterable[Recorded], facts: Mapping[str, object], period: Period, moment: datetime
) -> str:
    """Only the level, by one playbook at one moment: for comparing two of them over many people."""
    return _Line(period, tuple(evidence), facts).level_at(moment)[0]


@dataclass
class _Line:
    """One playbook's word on a person over time."""

    period: Period
    evidence: tuple[Recorded, ...]
    facts: Mapping[str, object]
    effects: list[_Span] = field(init=False)
    held: list[tuple[Requirement, list[_Span]]] = field(init=False)

    def __post_init__(self) -> None:
        self.effects = list(self._effects())
        asked = [each for each in self.period.table.requires.values() if applies(each.when, self.facts)]
        self.held = [(each, list(self._holding(each))) for each in asked]

    def rank_at(self, moment: datetime) -> tuple[int, bool]:
        """The place of the level in the order, and whether it is for want of a record."""
        ranks = (self._rank(span.ground.level) for span in self._in_force(moment))
        set_to = max(ranks, default=0)
        unknown = self._rank(self.period.table.unknown)
        if set_to < unknown and not self._is_complete(moment):
            return unknown, True
        return set_to, False

    def level_at(self, moment: datetime) -> tuple[str, bool]:
        rank, asks = self.rank_at(moment)
        return self.period.order[rank], asks

    def grounds_at(self, moment: datetime) -> Iterator[Ground]:
        """What sets the level, the most restrictive first; then what the free level needs."""
        found = [span.ground for span in self._in_force(moment)]
        yield from sorted(found, key=lambda ground: -self._rank(ground.level))
        for asked, spans in self._asked_at(moment):
            proof = next((span.ground for span in reversed(spans) if span.covers(moment)), None)
            yield proof or Ground(GroundKind.REQUIREMENT, asked.id, self.period.table.unknown, met=False)

    def moments(self) -> Iterator[datetime]:
        held = (span for _asked, spans in self.held for span in spans)
        for span in (*self.effects, *held):
            yield span.since
            if span.until is not None:
                yield span.until
        yield from self.period.turns

    @property
    def ages(self) -> bool:
        """Whether a fact that was asked for this person is another one tomorrow."""
        kinds = {each.kind for each in self.evidence}
        rules = (rule for rule in self.period.table.rules.values() if rule.evidence in kinds)
        asking: tuple[Asking, ...] = (*rules, *self.period.table.requires.values())
        return any(rule.when is not None and rule.when.names & PASSING for rule in asking)

    def _rank(self, level: str) -> int:
        """A level of an earlier playbook that this one does not know is taken for its strictest."""
        order = self.period.order
        return order.index(level) if level in order else len(order) - 1

    def _is_complete(self, moment: datetime) -> bool:
        """Somebody of whom nothing is asked has shown nothing."""
        asked = list(self._asked_at(moment))
        return bool(asked) and all(any(span.covers(moment) for span in spans) for _each, spans in asked)

    def _asked_at(self, moment: datetime) -> Iterator[tuple[Requirement, list[_Span]]]:
        return ((each, spans) for each, spans in self.held if self._is_in_force(each, moment))

    def _in_force(self, moment: datetime) -> Iterator[_Span]:
        for span in self.effects:
            if span.covers(moment) and (span.rule is None or self._is_in_force(span.rule, moment)):
                yield span

    def _is_in_force(self, rule: Dated, moment: datetime) -> bool:
        if rule.in_force_from is None and rule.in_force_to is None and not rule.regimes:
            return True
        day = moment.astimezone(LOCAL).date()
        return in_force(self.period.policy, rule, day, area_of(self.facts))

    def _effects(self) -> Iterator[_Span]:
        rules = self.period.table.rules.values()
        for each in self.evidence:
            if each.kind == BY_HAND:
                yield _span(each, None, GroundKind.BY_HAND, each.reason, each.level, each.until)
                continue
            for rule in rules:
                if rule.evidence == each.kind and applies(rule.when, self.facts):
                    until = self._end_of(each, rule)
                    if until is None or until > each.since:
                        yield _span(each, rule, GroundKind.RULE, rule.id, rule.level, until)

    def _end_of(self, each: Recorded, rule: LevelRule) -> datetime | None:
        lasts = timedelta(days=rule.days or 0, hours=rule.hours or 0)
        ends = [each.until, each.since + lasts if lasts else None, self._relieved_at(each.since, rule.relief)]
        return min((end for end in ends if end is not None), default=None)

    def _relieved_at(self, since: datetime, relief: Relief | None) -> datetime | None:
        if relief is None:
            return None
        found = (each.since for each in self.evidence if each.kind == relief.evidence and each.since > since)
        counted, last = 0, since
        for moment in sorted(found):
            if counted == 0 or moment - last >= timedelta(hours=relief.apart_hours):
                counted, last = counted + 1, moment
            if counted == relief.times:
                return moment
        return None

    def _holding(self, asked: Requirement) -> Iterator[_Span]:
        for each in sorted(self.evidence, key=lambda each: each.since):
            if each.kind == asked.evidence:
                age = timedelta(hours=asked.within_hours) if asked.within_hours else None
                ends = [each.until, each.since + age if age else None]
                until = min((end for end in ends if end is not None), default=None)
                yield _span(each, asked, GroundKind.REQUIREMENT, asked.id, self.period.order[0], until)


@dataclass
class _Course:
    """The level over time, under each playbook while it holds."""

    lines: list[_Line]
    now: datetime

    def standing(self) -> Standing:
        line = self._line_at(self.now)
        level, asks = line.level_at(self.now)
        return Standing(level, asks, self._since(level), self._until(level), tuple(line.grounds_at(self.now)))

    def _level_at(self, moment: datetime) -> str:
        return self._line_at(moment).level_at(moment)[0]

    def _line_at(self, moment: datetime) -> _Line:
        begun = [line for line in self.lines if (line.period.starts_at or moment) <= moment]
        return begun[-1] if begun else self.lines[0]

    @cached_property
    def _moments(self) -> list[datetime]:
        found = {moment for line in self.lines for moment in line.moments()}
        found.update(line.period.starts_at for line in self.lines if line.period.starts_at is not None)
        return sorted(found)

    def _until(self, level: str) -> datetime | None:
        changes = (each for each in self._moments if each > self.now and self._level_at(each) != level)
        found = [next(changes, None), self._tomorrow()]
        return min((each for each in found if each is not None), default=None)

    def _tomorrow(self) -> datetime | None:
        if not any(line.ages for line in self.lines):
            return None
        return midnight_of(self.now.astimezone(LOCAL).date() + timedelta(days=1))

    def _since(self, level: str) -> datetime | None:
        """Back over all moments at which the level was the same on both sides."""
        for moment in reversed([each for each in self._moments if each <= self.now]):
            if self._level_at(moment - A_MOMENT) != level:
                return moment
        return None


def _span(
    each: Recorded, rule: Dated | None, kind: GroundKind, key: str, level: str, until: datetime | None
) -> _Span:
    return _Span(Ground(kind, key, level, True, each.id, each.since, until), rule, each.since, until)


def _days(first: date | None, last: date | None) -> Iterator[date]:
    if first is not None:
        yield first
    if last is not None:
        yield last + timedelta(days=1)


def midnight_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LOCAL)
