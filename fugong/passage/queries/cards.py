"""Reading cards and the codes of phones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.passage.models import Card, PhoneCode
from fugong.people import queries as people

MOST_SHOWN = 10


def cards_of_person(person_id: UUID, *, actor: Actor) -> list[Card]:
    """The latest first, of all files of the person. The caller has got the file."""
    rows = _cards(actor).filter(person__in=people.ids_of(actor.authority_id, person_id))
    return list(rows.select_related("key").order_by("-issued_at", "-serial")[:MOST_SHOWN])


def phone_codes_of_person(person_id: UUID, *, actor: Actor) -> list[PhoneCode]:
    """The latest first, of all files of the person. The caller has got the file."""
    rows = PhoneCode.objects.filter(
        authority_id=actor.authority_id, person__in=people.ids_of(actor.authority_id, person_id)
    )
    return list(rows.select_related("key").order_by("-issued_at", "-id")[:MOST_SHOWN])


def get_card(actor: Actor, card_id: UUID) -> Card:
    """Raises NotFound, also where the actor may not see the person."""
    card = _cards(actor).filter(id=card_id).select_related("person").first()
    if card is None:
        raise NotFound()
    people.get_person(actor, card.person_id)
    return card


def good_cards_of(enterprise_id: UUID, *, actor: Actor, now: datetime) -> Sequence[Card]:
    """Of everybody who works there, in the order of crews and names. The caller has got the enterprise."""
    order = {each.person_id: place for place, each in enumerate(people.staff_of(enterprise_id, actor=actor))}
    rows = good_cards(list(order), authority_id=actor.authority_id, now=now)
    return sorted(rows.select_related("person"), key=lambda card: order[card.person_id])


def good_cards(person_ids: Sequence[UUID], *, authority_id: UUID, now: datetime) -> QuerySet[Card]:
    """Those that open something: a card by a key that was withdrawn does not."""
    return Card.objects.filter(
        authority_id=authority_id,
        person__in=person_ids,
        revoked_at=None,
        valid_until__gt=now,
        key__withdrawn_at=None,
    )


def _cards(actor: Actor) -> QuerySet[Card]:
    return Card.objects.filter(authority_id=actor.authority_id)
