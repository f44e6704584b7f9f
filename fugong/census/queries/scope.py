"""Whom a campaign names: the condition compiled, counted before it is opened, and drawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.refusals import Invalid
from fugong.people import queries as people
from fugong.people.facts import PERSON_FACTS
from fugong.people.queries import NamedPerson
from fugong.playbooks.facts import Condition, ConditionInvalid


def condition_of(scope: str) -> Condition:
    """Raises Invalid at the field, with what is wrong and what to write instead."""
    try:
        return Condition.compiled(scope.strip(), PERSON_FACTS)
    except ConditionInvalid as invalid:
        said = {"wrong": str(invalid), "remedy": invalid.remedy}
        sentence = _("The condition cannot be read: %(wrong)s — %(remedy)s") % said
        raise Invalid(sentence, code="bad_scope", fields={"scope": sentence}) from None


def draw(scope: str, area_id: UUID | None, *, actor: Actor, on: date) -> list[NamedPerson]:
    """Everybody the scope names now, in the area and what lies inside it. The caller has asked who may."""
    return people.named_by(
        condition_of(scope), authority_id=actor.authority_id, on=on, areas=_inside(area_id)
    )


def count_named(scope: str, area_id: UUID | None, *, actor: Actor, on: date) -> int:
    return len(draw(scope, area_id, actor=actor, on=on))


def _inside(area_id: UUID | None) -> Collection[UUID] | None:
    return None if area_id is None else areas.ids_inside([area_id])
