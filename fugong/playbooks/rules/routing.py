"""Which route an applicant takes, and why; or why none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from fugong.playbooks.choices import Blocks, ReasonCode
from fugong.playbooks.rules.clocks import LOCAL
from fugong.playbooks.rules.in_force import applies, area_of, in_force, wave_of
from fugong.playbooks.rules.provenance import Origins
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.routes import Route
from fugong.playbooks.rules.schema.timing import NotBefore
from fugong.playbooks.rules.text import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule speaking: its code, its wording, the condition it tested, the clauses behind it.

    `key` is where the rule is written in the playbook.
    """

    code: ReasonCode
    rule: Text
    key: str = ""
    condition: str = ""
    ref: tuple[str, ...] = ()

    def in_language(self, language: str) -> str:
        """A sentence; the frame follows the active translation, the rule's words the given language."""
        return str(self.code.label) % {"rule": self.rule.in_language(language)}


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """Either a route or a refusal. `earliest_start` holds even where the application itself is admitted."""

    route: Route | None
    reasons: tuple[Reason, ...] = ()
    refused: Reason | None = None
    earliest_start: datetime | None = None


def choose_route(policy: Policy, origins: Origins, prepared: Mapping[str, object], on: date) -> RouteChoice:
    """`prepared` comes from FactSchema.prepared; `on` is the day of the application."""
    refused = _refusal_before_routes(policy, origins, prepared, on)
    if refused is not None:
        return RouteChoice(None, refused=refused)
    for id_, route in policy.routes.items():
        if not in_force(policy, route, on, area_of(prepared)) or not applies(route.when, prepared):
            continue
        refused = _closed(origins, id_, route, on)
        if refused is not None:
            return RouteChoice(None, refused=refused)
        return RouteChoice(
            route, reasons=(_taken(origins, id_, route),), earliest_start=_earliest(policy, prepared, on)
        )
    return RouteChoice(None, refused=Reason(ReasonCode.NO_ROUTE, policy.playbook.title, key="routes"))


def _refusal_before_routes(
    policy: Policy, origins: Origins, prepared: Mapping[str, object], on: date
) -> Reason | None:
    head = policy.playbook
    if on < head.effective_from or (head.effective_to is not None and head.effective_to < on):
        return Reason(ReasonCode.NOT_IN_FORCE, head.title, "playbook", ref=_ref(origins, "playbook"))
    refused = _not_covered(policy, origins, prepared, on)
    if refused is not None:
        return refused
    for id_, rule in _held_back(policy, prepared, on, Blocks.APPLICATION):
        if datetime.combine(on, time(), tzinfo=LOCAL) < rule.moment:
            return Reason(
                ReasonCode.NOT_BEFORE,
                rule.reason,
                f"not_before.{id_}",
                str(rule.when or ""),
                _ref(origins, "not_before", id_),
            )
    return None


def _not_covered(policy: Policy, origins: Origins, prepared: Mapping[str, object], on: date) -> Reason | None:
    """Silence about a kind of applicant is a refusal: what the playbook does not cover it does not decide."""
    kind = prepared.get("kind")
    if kind is None:
        return None
    known = [subject for subject in policy.subjects.values() if subject.kind == kind]
    for subject in known:
        if (
            subject.is_covered
            and in_force(policy, subject, on, area_of(prepared))
            and applies(subject.when, prepared)
        ):
            return None
    for subject in known:
        return Reason(
            ReasonCode.SUBJECT_NOT_COVERED,
            subject.name,
            f"subjects.{subject.id}",
            str(subject.when or ""),
            _ref(origins, "subjects", subject.id),
        )
    return Reason(ReasonCode.SUBJECT_NOT_COVERED, Text(zh=str(kind), en=str(kind)), "subjects")


def _held_back(
    policy: Policy, prepared: Mapping[str, object], on: date, blocks: Blocks
) -> Iterator[tuple[str, NotBefore]]:
    for id_, rule in policy.not_before.items():
        if (
            rule.blocks is blocks
            and in_force(policy, rule, on, area_of(prepared))
            and applies(rule.when, prepared)
        ):
            yield id_, rule


def _earliest(policy: Policy, prepared: Mapping[str, object], on: date) -> datetime | None:
    """The latest date that holds a start back: of not-before rules, and of the applicant's wave."""
    moments = [rule.moment for _, rule in _held_back(policy, prepared, on, Blocks.START)]
    wave = wave_of(policy, prepared, on)
    if wave is not None and wave.opens_on is not None:
        moments.append(datetime.combine(wave.opens_on, time(), tzinfo=LOCAL))
    return max(moments, default=None)


def _closed(origins: Origins, id_: str, route: Route, on: date) -> Reason | None:
    closed = route.closed
    if closed is None or on < closed.from_day:
        return None
    key = f"routes.{id_}.closed"
    return Reason(ReasonCode.ROUTE_CLOSED, closed.reason, key, ref=_ref(origins, "routes", id_, "closed"))


def _taken(origins: Origins, id_: str, route: Route) -> Reason:
    code = ReasonCode.FOR_EVERYBODY if route.when is None else ReasonCode.CONDITION_HOLDS
    return Reason(
        code, route.name, f"routes.{id_}.when", str(route.when or ""), _ref(origins, "routes", id_, "when")
    )


def _ref(origins: Origins, *path: str) -> tuple[str, ...]:
    found = origins.of(path)
    return found.ref if found else ()
