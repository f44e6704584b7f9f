"""The enterprises at which somebody may keep files."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from fugong.core.actor import Actor
from fugong.enterprises import queries as enterprises
from fugong.people.permissions import REGISTER

MOST = 500
"""A longer list is not read by anybody: from an enterprise's own page the way leads to a form for it."""


def places_for(actor: Actor, only: str = "") -> list[tuple[str, str]]:
    """By pinyin; `only` the one with this id, where the actor may keep files."""
    rows = enterprises.list_enterprises(actor).present()
    reach = actor.reach(REGISTER)
    if not reach.everywhere:
        rows = rows.filter(Q(area_id__in=reach.areas) | Q(id__in=actor.enterprises))
    if asked := _id(only):
        rows = rows.filter(id=asked)
    return [(str(id_), name) for id_, name in rows.values_list("id", "name")[:MOST]]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
