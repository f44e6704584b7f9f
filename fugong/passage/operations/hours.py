"""When the shifts of an enterprise work."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Invalid
from fugong.enterprises import queries as enterprises
from fugong.passage.choices import KEEP
from fugong.passage.models import ShiftHours
from fugong.passage.permissions import check_may_at

SHIFT_MOST = 40


def set_hours(
    enterprise_id: UUID, shift: str, *, starts: time, ends: time, actor: Actor, now: datetime
) -> ShiftHours:
    """Of the shift as employments name it; past midnight where it ends at an earlier hour.

    Codes carry them from the next that is issued on; a gate with a network knows them within seconds. Raises
    NotFound, NotPermitted, Invalid with the fields at fault.
    """
    with operation("passage.set_hours", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id)
        check_may_at(actor, KEEP, area_id=place.area_id, enterprise_id=place.id)
        shift = " ".join(shift.split())
        if not 0 < len(shift) <= SHIFT_MOST:
            raise _wrong("shift", _("Name the shift, in at most 40 characters."))
        said = {"starts": starts.hour * 60 + starts.minute, "ends": ends.hour * 60 + ends.minute}
        if said["starts"] == said["ends"]:
            raise _wrong("ends", _("A shift that ends when it begins has no hours."))
        row, _is_new = ShiftHours.objects.update_or_create(
            authority_id=actor.authority_id,
            enterprise_id=enterprise_id,
            shift=shift,
            defaults=said | {"recorded_at": now},
        )
        op.audit(row, {"enterprise": enterprise_id, "shift": shift, "hours": f"{starts:%H:%M}-{ends:%H:%M}"})
        return row


def _wrong(field: str, sentence: object) -> Invalid:
    return Invalid(str(sentence), code="bad_hours", fields={field: str(sentence)})
