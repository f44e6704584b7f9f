"""A file of people is made once for one receiver, fetched for some hours, then forgotten."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.exports.models import ListDownload, ListExport
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, NotFound, NotPermitted
from fugong.core.tenancy import acting_for

HOURS: Final = 24
KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be kept beside the file."""

    table: str
    name: str
    kind: str
    reason: str
    rows: int
    in_full: bool = False


def keep(wanted: Wanted, make: Callable[[bytes, int], bytes], *, actor: Actor, now: datetime) -> ListExport:
    """`make` gets the key of the mark and the export's number, and gives the file. That it may be made, and
    with which reason, was checked and recorded by the caller. Raises NotPermitted for who is no user.
    """
    with operation("exports.keep", actor=actor, now=now) as op:
        if actor.user_id is None:
            raise NotPermitted()
        key, number = os.urandom(KEY_BYTES), _next_number(actor.authority_id)
        row = ListExport.objects.create(
            authority_id=actor.authority_id,
            number=number,
            table=wanted.table,
            name=wanted.name,
            kind=wanted.kind,
            reason=wanted.reason,
            rows=wanted.rows,
            in_full=wanted.in_full,
            key=key,
            content=base64.b64encode(make(key, number)).decode(),
            made_at=now,
            expires_at=now + timedelta(hours=HOURS),
            by=actor.user_id,
            by_name=actor.name,
        )
        op.audit(row, {"number": number, "table": wanted.table, "rows": wanted.rows})
        return row


def get_export(actor: Actor, export_id: UUID) -> ListExport:
    """Only the receiver's own. Raises NotFound: that somebody else has a list is not told."""
    if actor.user_id is None:
        raise NotFound()
    rows = ListExport.objects.filter(authority_id=actor.authority_id, id=export_id, by=actor.user_id)
    row = rows.defer("content").first()
    if row is None:
        raise NotFound()
    return row


def download(export_id: UUID, *, actor: Actor, now: datetime) -> bytes:
    """The file. Each time stands on record. Raises NotFound, Conflict when its hours are over."""
    with operation("exports.download", actor=actor, now=now) as op:
        row = get_export(actor, export_id)
        if now >= row.expires_at or not row.content:
            raise Conflict(_("The hours of this file are over. Take the list out again."), code="expired")
        ListDownload.objects.create(authority_id=actor.authority_id, export=row, at=now)
        op.audit(row, {"number": row.number})
        return base64.b64decode(str(row.content))


def forget_expired(authority_id: UUID, *, now: datetime) -> int:
    """Empties files whose hours are over; returns how many. What tells of them stays."""
    with acting_for(authority_id):
        rows = ListExport.objects.filter(authority_id=authority_id, expires_at__lte=now)
        ids = [row.id for row in rows.only("id", "content") if row.__dict__["content"]]
        return ListExport.objects.filter(id__in=ids).update(content="")


def _next_number(authority_id: UUID) -> int:
    last = ListExport.objects.filter(authority_id=authority_id).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1
