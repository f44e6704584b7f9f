"""Looking through passages for signs, and having looked at one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid
from fugong.core.tenancy import acting_for
from fugong.passage.models import PassageSign
from fugong.passage.queries.signs import Found, find_signs_between, get_sign
from fugong.playbooks import queries as playbooks

NAME = "signs in passages"
NOTE_MOST = 500


def find_signs(authority_id: UUID, *, since: datetime, until: datetime, now: datetime) -> int:
    """Keeps the signs in the scans of this window; how many are new. Safe to run twice, and over again: what
    was found stays as it was found. Writes nothing where there is none.
    """
    with acting_for(authority_id):
        crowd = playbooks.venue_policy(on=local_date(now)).crowd_per_minute
        found = find_signs_between(since, until, crowd=crowd, authority_id=authority_id)
    if not found:
        return 0
    actor = system_actor(authority_id, NAME)
    with operation("passage.find_signs", actor=actor, now=now) as op:
        new = _without_known(found, authority_id)
        PassageSign.objects.bulk_create(
            [_row(each, authority_id, now) for each in new], ignore_conflicts=True
        )
        op.audit(None, {"since": since.isoformat(), "until": until.isoformat(), "signs": len(new)})
        return len(new)


def look_at_sign(sign_id: UUID, *, note: str, actor: Actor, now: datetime) -> PassageSign:
    """That somebody went and looked, and what it was. Once: what was found out is not written over.

    Locks the sign. Raises NotFound, NotPermitted, Invalid without a note, Conflict when it was done.
    """
    with operation("passage.look_at_sign", actor=actor, now=now) as op:
        get_sign(actor, sign_id)
        row = PassageSign.objects.select_for_update().get(authority_id=actor.authority_id, id=sign_id)
        if row.looked_at is not None:
            raise Conflict(_("Somebody has looked at this already."), code="looked_at")
        if not note.strip():
            sentence = _("Say what it was.")
            raise Invalid(sentence, code="no_note", fields={"note": sentence})
        row.looked_at, row.looked_note = now, note.strip()[:NOTE_MOST]
        row.looked_by, row.looked_by_name = actor.user_id, actor.name
        row.save(update_fields=["looked_at", "looked_note", "looked_by", "looked_by_name"])
        op.audit(row, {"sign": row.sign}, note=row.looked_note)
        return row


def _without_known(found: Sequence[Found], authority_id: UUID) -> list[Found]:
    rows = PassageSign.objects.filter(authority_id=authority_id, key__in=[each.key for each in found])
    known = set(rows.values_list("sign", "key"))
    return [each for each in found if (each.sign.value, each.key) not in known]


def _row(each: Found, authority_id: UUID, now: datetime) -> PassageSign:
    return PassageSign(
        authority_id=authority_id,
        sign=each.sign,
        key=each.key,
        gate=each.gate.number,
        other_gate=each.other_gate,
        area_id=each.gate.area_id,
        enterprise_id=each.gate.enterprise_id,
        subject=each.subject,
        device=each.device,
        at=each.at,
        number=each.number,
        found_at=now,
    )
