"""What the page of a roll says of its people: crew, masked telephone, and the way to the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from fugong.core.actor import Actor
from fugong.duties.web.people import Shown
from fugong.people import queries
from fugong.people.permissions import SEE


def shown_on_rolls(actor: Actor, person_ids: Collection[UUID]) -> Mapping[UUID, Shown]:
    """Only of people whose files the actor may see."""
    if not actor.may(SEE):
        return {}
    people = list(queries.list_people(actor).filter(id__in=person_ids).order_by())
    crews = queries.crews_by_person([person.id for person in people], authority_id=actor.authority_id)
    return {
        person.id: Shown(
            url=reverse("people:detail", args=[person.id]),
            crew=crews.get(person.id, ""),
            phone=queries.masked_numbers(person).phone,
        )
        for person in people
    }
