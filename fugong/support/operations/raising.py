"""An enterprise, or its instructor for it, says what it needs help with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Invalid
from fugong.enterprises import queries as enterprises
from fugong.support.choices import ASSIGN_CLOCK, ASSIGN_DUTY, State, Step
from fugong.support.models import Difficulty
from fugong.support.operations.steps import Said, owe, record
from fugong.support.permissions import check_may_raise
from fugong.support.queries import Terms, get_terms
from fugong.support.rules import TEXT_LENGTH, TITLE_LENGTH, trimmed


@dataclass(frozen=True, slots=True)
class Report:
    """`category` is a key of `Terms.categories`; `text` may be empty, the title not."""

    category: str
    title: str
    text: str = ""


def raise_difficulty(enterprise_id: UUID, report: Report, *, actor: Actor, now: datetime) -> Difficulty:
    """Opens a difficulty and the duty to hand it out.

    Raises `NotPermitted` unless the actor speaks or cares for the enterprise, `Invalid` without a title or
    with an unknown category, `NotFound` where no playbook is in force.
    """
    with operation("support.raise_difficulty", actor=actor, now=now) as op:
        check_may_raise(actor, enterprise_id)
        enterprise = enterprises.get_enterprise(actor, enterprise_id)
        terms = get_terms(local_date(now))
        names = _checked(report, terms)
        difficulty = Difficulty.objects.create(
            authority_id=actor.authority_id,
            enterprise=enterprise,
            area_id=enterprise.area_id,
            playbook_version_id=terms.version_id,
            category=report.category,
            category_zh=names[0],
            category_en=names[1],
            title=trimmed(report.title, limit=TITLE_LENGTH),
            text=trimmed(report.text, limit=TEXT_LENGTH),
            state=State.RAISED,
            raised_by_id=actor.user_id,
            raised_for=enterprise_id not in actor.enterprises,
            raised_at=now,
            due_at=terms.due(ASSIGN_CLOCK, start=now),
            recorded_at=now,
        )
        owe(ASSIGN_DUTY, difficulty, op)
        record(difficulty, Step.RAISE, Said(due_at=difficulty.due_at), op)
    return difficulty


def _checked(report: Report, terms: Terms) -> tuple[str, str]:
    fields = {}
    if not report.title.strip():
        fields["title"] = _("Say in a few words what is missing.")
    names = terms.category_names(report.category)
    if names is None:
        fields["category"] = _("Choose one from the list.")
    if fields or names is None:
        raise Invalid(_("The difficulty cannot be raised like this."), code="bad_difficulty", fields=fields)
    return names
