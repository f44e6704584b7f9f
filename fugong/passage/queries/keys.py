"""Reading the authority's keys for codes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.core.signing import SigningKey, find_signing_key
from fugong.core.tenancy import acting_for
from fugong.passage.choices import SIGNING
from fugong.passage.models import CodeKey
from fugong.passage.permissions import KEYS
from fugong.passage.rules.keys import secret_of


def code_secrets(authority_id: UUID) -> dict[int, bytes]:
    """From which the MACs of codes derive, by the key's number: of retired keys too, since each code says
    itself until when it is good. Without those that were withdrawn, and those whose private half is not on
    this machine."""
    with acting_for(authority_id):
        return {number: secret_of(key.private) for number, key in signing_keys(authority_id).items()}


def signing_keys(authority_id: UUID) -> dict[int, SigningKey]:
    """As `code_secrets`, the keys themselves. Of the acting authority."""
    named = _good(authority_id).values_list("number", "signing")
    found = ((number, find_signing_key(SIGNING, signing)) for number, signing in named)
    return {number: key for number, key in found if key is not None}


def public_keys(authority_id: UUID) -> dict[int, bytes]:
    """By which a gate without a network checks signatures, by the key's number. Not those withdrawn."""
    with acting_for(authority_id):
        rows = _good(authority_id).values_list("number", "public")
        return {number: bytes(public) for number, public in rows}


def last_withdrawn(authority_id: UUID) -> datetime | None:
    """When a key was withdrawn for the last time: codes issued before may be none any more."""
    found: datetime | None = _rows(authority_id).aggregate(at=Max("withdrawn_at"))["at"]
    return found


def list_keys(actor: Actor) -> list[CodeKey]:
    """The latest first. Raises NotPermitted."""
    if not actor.may(KEYS):
        raise NotPermitted()
    return list(_rows(actor.authority_id).order_by("-made_at", "-id"))


def _good(authority_id: UUID) -> QuerySet[CodeKey]:
    return _rows(authority_id).filter(withdrawn_at=None)


def _rows(authority_id: UUID) -> QuerySet[CodeKey]:
    return CodeKey.objects.filter(authority_id=authority_id)
