"""Printed cards for people without a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.enterprises import queries as enterprises
from fugong.passage.choices import ISSUE
from fugong.passage.models import Card
from fugong.passage.operations.keys import ensure_key
from fugong.passage.operations.numbers import lock_series, next_number
from fugong.passage.operations.places import place_number
from fugong.passage.permissions import check_may_at
from fugong.passage.queries.cards import good_cards
from fugong.people import queries as people
from fugong.people.queries import AtWork

USUAL_DAYS: Final = 90
MOST_DAYS: Final = 366
MOST_AT_ONCE: Final = 300
"""Of an enterprise: as many as one file of cards holds."""


@dataclass(frozen=True, slots=True)
class IssuedCards:
    """`left` are people of the enterprise who still have none: issue again."""

    cards: Sequence[Card]
    left: int


def issue_card(person_id: UUID, *, days: int = USUAL_DAYS, actor: Actor, now: datetime) -> Card:
    """The person's only one: those issued before open nothing any more.

    Raises NotFound, NotPermitted, Invalid for a number of days that cannot be.
    """
    with operation("passage.issue_card", actor=actor, now=now) as op:
        person = people.get_person(actor, person_id)
        place = person.enterprise
        check_may_at(
            actor,
            ISSUE,
            area_id=place.area_id if place else None,
            enterprise_id=place.id if place else None,
        )
        _check_days(days)
        lock_series(Card, op=op)
        ended = _end(_good(person.id, op=op), op=op)
        (card,) = _issued([person.id], days=days, op=op)
        if place is not None:
            place_number(place.id, op=op)
        op.audit(card, {"person": person.id, "serial": card.serial, "days": days, "instead_of": ended})
        return card


def issue_cards(enterprise_id: UUID, *, days: int = USUAL_DAYS, actor: Actor, now: datetime) -> IssuedCards:
    """For everybody who works there and has no card that is good; `MOST_AT_ONCE` at a time.

    Raises NotFound, NotPermitted, Invalid, Conflict where everybody has one.
    """
    with operation("passage.issue_cards", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id)
        check_may_at(actor, ISSUE, area_id=place.area_id, enterprise_id=place.id)
        _check_days(days)
        lock_series(Card, op=op)
        waiting = _without(people.staff_of(enterprise_id, actor=actor), op=op)
        if not waiting:
            raise Conflict(_("Everybody here has a card that is good."), code="all_have_cards")
        place_number(enterprise_id, op=op)
        cards = _issued(waiting[:MOST_AT_ONCE], days=days, op=op)
        op.audit_each(
            (card, {"person": card.person_id, "serial": card.serial, "days": days}) for card in cards
        )
        return IssuedCards(cards, len(waiting) - len(cards))


def revoke_card(card_id: UUID, *, actor: Actor, now: datetime) -> Card:
    """It opens nothing any more; gates know it within seconds. Locks the card.

    Raises NotFound, NotPermitted, Conflict where it is over already.
    """
    with operation("passage.revoke_card", actor=actor, now=now) as op:
        rows = Card.objects.filter(authority_id=actor.authority_id, id=card_id)
        card = rows.select_for_update(no_key=True).first()
        if card is None:
            raise NotFound()
        place = people.get_person(actor, card.person_id).enterprise
        check_may_at(
            actor,
            ISSUE,
            area_id=place.area_id if place else None,
            enterprise_id=place.id if place else None,
        )
        if not _end([card], op=op):
            raise Conflict(_("This card opens nothing as it is."), code="card_over")
        op.audit(card, {"serial": card.serial, "revoked_at": now})
        return card


def _check_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        sentence = _("From 1 to 366 days.")
        raise Invalid(sentence, code="bad_days", fields={"days": sentence})


def _without(staff: Sequence[AtWork], *, op: Operation) -> list[UUID]:
    ids = [each.person_id for each in staff]
    rows = good_cards(ids, authority_id=op.actor.authority_id, now=op.now)
    have = set(rows.values_list("person_id", flat=True))
    return [id_ for id_ in ids if id_ not in have]


def _good(person_id: UUID, *, op: Operation) -> list[Card]:
    ids = people.ids_of(op.actor.authority_id, person_id)
    rows = Card.objects.filter(
        authority_id=op.actor.authority_id, person__in=ids, revoked_at=None, valid_until__gt=op.now
    )
    return list(rows.select_for_update(no_key=True).order_by("serial"))


def _end(cards: Sequence[Card], *, op: Operation) -> list[int]:
    """Which of them were still good: their serials."""
    good = [card for card in cards if card.revoked_at is None and card.valid_until > op.now]
    for card in good:
        card.revoked_at = op.now
    Card.objects.bulk_update(good, ["revoked_at"])
    return [card.serial for card in good]


def _issued(person_ids: Sequence[UUID], *, days: int, op: Operation) -> list[Card]:
    key = ensure_key(op=op)
    first = next_number(Card, op=op, field="serial")
    return Card.objects.bulk_create(
        Card(
            authority_id=op.actor.authority_id,
            person_id=person_id,
            serial=first + place,
            key=key.row,
            issued_at=op.now,
            issued_by=op.actor.user_id,
            issued_by_name=op.actor.name,
            valid_until=op.now + timedelta(days=days),
        )
        for place, person_id in enumerate(person_ids)
    )
