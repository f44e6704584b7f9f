"""What the playbook says about one application: its route, what it must bring, what is looked at on site.

A draft is shown by the playbook of today. Once submitted, it is judged by the version, the facts and the day
that
were kept with it, so the same question gives the same answer for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, override

from fugong.core.punctuation import labelled
from fugong.enterprises.queries import facts_of
from fugong.playbooks.choices import Answer as CheckAnswer
from fugong.playbooks.choices import EvidenceKind, RouteMode
from fugong.playbooks.facts import (
    Item,
    Letter,
    PlanCondition,
    Playbook,
    Route,
    RouteChoice,
    Standard,
    Text,
    VisitCheck,
)
from fugong.playbooks.queries import PlaybookInForce, get_in_force, get_version
from fugong.resumption.choices import Purpose, RiskLevel
from fugong.resumption.models import Application
from fugong.resumption.rules.completeness import Wanted, WantedItem, WantedLetter, WantedPaper
from fugong.resumption.rules.verification import WantedCheck

_FILES = {EvidenceKind.PHOTO, EvidenceKind.PAPER}


@dataclass(frozen=True, slots=True)
class Terms:
    """The playbook applied to one applicant on one day. `choice.route` is None when nobody may apply this
    way.
    """

    version: PlaybookInForce
    facts: dict[str, object]
    on: date
    choice: RouteChoice

    @property
    def playbook(self) -> Playbook:
        return self.version.playbook

    @property
    def route(self) -> Route | None:
        return self.choice.route

    @property
    def mode(self) -> RouteMode | None:
        return self.route.mode if self.route else None


def applicant_of(application: Application, playbook: Playbook, on: date) -> dict[str, object]:
    """The facts that the playbook is asked with; what the register knows is taken from there."""
    return _facts(application.enterprise, playbook, on) | {
        "head_count": application.planned_staff or application.enterprise.normal_staff or 0,
        "purpose": str(application.purpose),
    }


def facts_at_work(enterprise: Any, playbook: Playbook, on: date) -> dict[str, object]:
    """The same of an enterprise that applies for nothing: conditions are asked as for the ordinary one."""
    return _facts(enterprise, playbook, on) | {
        "head_count": enterprise.normal_staff or 0,
        "purpose": str(Purpose.RESUME),
    }


def _facts(enterprise: Any, playbook: Playbook, on: date) -> dict[str, object]:
    known = facts_of(enterprise)
    taken = ("kind", "size_class", "industry", "tags", "park")
    return {name: known[name] for name in taken} | {"risk": _risk_of(playbook, on, str(known["park"]))}


def terms_of(application: Application, *, today: date) -> Terms:
    """Raises `NotFound` when the authority has no playbook in force for a draft."""
    if application.judged_on is not None and application.playbook_version_id and not application.is_editable:
        version = get_version(application.playbook_version_id)
        facts, on = dict(application.applicant), application.judged_on
    else:
        version = get_in_force(today)
        facts, on = applicant_of(application, version.playbook, today), today
    return Terms(version, facts, on, version.playbook.route_for(facts, on))


def wanted_by(terms: Terms) -> Wanted:
    """What the enterprise has to bring, in the reader's language. Papers printed from the record are not
    asked for.
    """
    playbook = terms.playbook
    letters = playbook.letters_for(terms.facts, terms.on)
    printed = {letter.paper for letter in letters}
    return Wanted(
        items=[
            item
            for standard in playbook.standards_for(terms.facts, terms.on)
            for item in _items(standard, terms)
        ],
        papers=[
            WantedPaper(paper.id, say(paper.name), paper.is_required)
            for paper in playbook.papers_for(terms.facts, terms.on)
            if not paper.is_printed_from_record and paper.id not in printed
        ],
        letters=[WantedLetter(letter.id, say(letter.name), letter_text(letter)) for letter in letters],
    )


def checks_of(terms: Terms) -> list[WantedCheck]:
    """What a visit looks at, in the playbook's order."""
    return [
        WantedCheck(
            key=check.id,
            label=say(check.name),
            is_count=check.answer is CheckAnswer.COUNT,
            is_veto=check.is_veto,
            needs_photo=EvidenceKind.PHOTO in check.evidence,
            minimum=check.minimum,
            unit=say(check.unit) if check.unit else "",
        )
        for check in visit_checks(terms)
    ]


def visit_checks(terms: Terms) -> tuple[VisitCheck, ...]:
    return terms.playbook.visit_checks_for(terms.facts, terms.on)


def plan_of(terms: Terms) -> tuple[PlanCondition, ...]:
    """The conditions of the enterprise plan that may be set for this applicant."""
    return terms.playbook.plan_conditions_for(terms.facts, terms.on)


def condition_words(terms: Terms, key: str) -> tuple[str, str]:
    """A condition of the plan in Chinese and in English, whoever reads it: the enterprise is told in its
    language, not in the reviewer's.
    """
    condition = terms.playbook.policy.enterprise_plan.conditions[key]
    words = []
    for language in ("zh-hans", "en"):
        with override(language):
            words.append(labelled(say(condition.name), say(condition.text)))
    return words[0], words[1]


def say(text: Text) -> str:
    return text.in_language(get_language() or "zh-hans")


def letter_text(letter: Letter) -> str:
    """The promises as they are read and signed, numbered."""
    promises = [f"{number}. {say(promise)}" for number, promise in enumerate(letter.promises, start=1)]
    return "\n".join([say(letter.name), *promises])


def _items(standard: Standard, terms: Terms) -> list[WantedItem]:
    """A standard whose items the source does not list is asked as a whole: items are never invented."""
    if not standard.items:
        return [WantedItem(standard.id, "", say(standard.name))]
    prepared = terms.playbook.facts_schema.prepared(terms.facts)
    return [
        _item(standard, item)
        for item in standard.items.values()
        if item.when is None or item.when.holds(prepared)
    ]


def _item(standard: Standard, item: Item) -> WantedItem:
    return WantedItem(
        standard=standard.id,
        item=item.id,
        label=say(item.name),
        needs_file=not _FILES.isdisjoint(item.evidence),
        is_veto=item.is_veto,
        papers=item.papers,
    )


def _risk_of(playbook: Playbook, on: date, park: str) -> str | None:
    """The risk level of the area that day; None where the playbook's regimes give none."""
    for regime in playbook.policy.regimes.values():
        periods = (
            period
            for period in regime.periods
            if period.from_day <= on
            and (period.to_day is None or on <= period.to_day)
            and period.area in {None, park}
        )
        if regime.axis == "risk" and any(periods):
            return regime.level if regime.level in RiskLevel.values else None
    return None
