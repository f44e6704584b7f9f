"""May this person come back? The playbook's rules about origin, applied to what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_noop

from fugong.core.decisions import Decision, Reason, Text
from fugong.core.refusals import NotFound
from fugong.core.regions import around
from fugong.people import queries as people
from fugong.playbooks import queries as playbooks
from fugong.playbooks.choices import ConditionKind, LodgingKind
from fugong.playbooks.facts import Playbook, ReturnAnswer
from fugong.playbooks.queries import PlaybookInForce
from fugong.returns.choices import DECISION, Lodging, Outcome, Place
from fugong.returns.rules import Verdict

TO_ASK: Final = {
    "home_region": gettext_noop("Nobody has said where this person comes from: fill in the home region."),
    "home_province": gettext_noop("Nobody has said where this person comes from: fill in the home region."),
    "home_city": gettext_noop("Nobody has said where this person comes from: fill in the home region."),
    "stayed_in": gettext_noop("Nobody has said where this person was lately: record the stays."),
}
NO_RULE: Final = gettext_noop("No rule of the playbook speaks of this person: ask the park.")
NO_PLAYBOOK: Final = gettext_noop("No playbook is in force on the day of arrival: ask the park.")


@dataclass(frozen=True, slots=True)
class Given:
    """A decision, and what the plan keeps of it."""

    decision: Decision
    verdict: Verdict
    version_id: UUID | None


def decide(
    facts: Mapping[str, object], *, from_region: str, arrives_on: date, lodging: Lodging, now: datetime
) -> Given:
    """`facts` are the person's, as on the day of arrival; the region of departure counts as stayed in.

    By the playbook that is in force on the day of arrival.
    """
    try:
        found = playbooks.get_in_force(arrives_on)
    except NotFound:
        return _without_playbook(now)
    stayed = {*_listed(facts["stayed_in"]), *around(from_region)}
    answer = found.playbook.return_answer({**facts, "stayed_in": sorted(stayed)}, arrives_on)
    return Given(_decision(found, answer, now), _verdict(found.playbook, answer, lodging), found.version_id)


def facts_on(person_id: UUID, *, on: date) -> Mapping[str, object]:
    """The caller answers for who may know. Raises NotFound."""
    for known in people.list_known([person_id]):
        return known.facts(on=on)
    raise NotFound()


def _listed(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def _verdict(playbook: Playbook, answer: ReturnAnswer, lodging: Lodging) -> Verdict:
    apart = playbook.apart_of(answer, LodgingKind(lodging.value))
    outcome = Outcome(answer.outcome.value)
    if apart is None:
        return Verdict(outcome)
    return Verdict(outcome, apart.days, Place(apart.place.value))


def _decision(found: PlaybookInForce, answer: ReturnAnswer, now: datetime) -> Decision:
    playbook = found.playbook
    return Decision(
        kind=DECISION,
        outcome=answer.outcome.value,
        reasons=tuple(_reasons(playbook, answer)),
        playbook_id=playbook.id,
        playbook_version=playbook.version,
        at=now,
    )


def _reasons(playbook: Playbook, answer: ReturnAnswer) -> list[Reason]:
    is_allowed = answer.outcome.value in (Outcome.MAY_RETURN, Outcome.WITH_CONDITIONS)
    told = [Reason(name, "", Text.message(TO_ASK[name]), False) for name in _once(answer.unknown)]
    if answer.rule is None:
        return [*told, Reason("origins", "", Text.message(NO_RULE), False)]
    if told:
        return told
    reasons = [_reason(playbook, ("origins", "rules", answer.rule.id), answer.rule.reason, is_allowed)]
    for condition in answer.conditions:
        way = ("origins", "conditions", condition.id)
        reasons.append(_reason(playbook, way, condition.text, condition.kind is not ConditionKind.TEST))
    return reasons


def _once(names: tuple[str, ...]) -> list[str]:
    """Of several facts that say the same is missing, the first."""
    return list({TO_ASK[name]: name for name in reversed(names)}.values())[::-1]


def _reason(playbook: Playbook, way: tuple[str, ...], text: Any, is_satisfied: bool) -> Reason:
    origin = playbook.origins.of(way)
    clause = ", ".join(origin.ref) if origin else ""
    return Reason(".".join(way), clause, Text.written(text.zh, text.en), is_satisfied)


def _without_playbook(now: datetime) -> Given:
    reason = Reason("origins", "", Text.message(NO_PLAYBOOK), False)
    decision = Decision(
        kind=DECISION,
        outcome=Outcome.ASK.value,
        reasons=(reason,),
        playbook_id="",
        playbook_version="",
        at=now,
    )
    return Given(decision, Verdict(Outcome.ASK), None)
