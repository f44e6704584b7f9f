"""Passes of vehicles: by whoever keeps the ground that they drive on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.audit.personal import Personal
from fugong.core.clock import to_the_minute
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.enterprises import queries as enterprises
from fugong.passage.choices import DATA_CLASS
from fugong.passage.models import VehiclePass
from fugong.passage.operations.keys import ensure_key
from fugong.passage.operations.numbers import next_number
from fugong.passage.operations.places import place_number
from fugong.passage.permissions import check_may_pass
from fugong.passage.rules.guests import PassData, problems_of_pass
from fugong.passage.rules.plates import read_plate


def issue_pass(
    data: PassData, *, enterprise_id: UUID | None = None, actor: Actor, now: datetime
) -> VehiclePass:
    """For a vehicle of an enterprise or of none. One plate has one pass at a time.

    Not by the enterprise itself: a pass opens roads. Raises NotFound, NotPermitted, Invalid with the fields
    at fault, Conflict where the vehicle has a pass for some of that time.
    """
    with operation("passage.issue_pass", actor=actor, now=now) as op:
        place = enterprises.get_enterprise(actor, enterprise_id) if enterprise_id else None
        check_may_pass(actor, place.area_id if place else None)
        data = data.tidied()
        if problems := problems_of_pass(data, now=now):
            raise Invalid(_("The pass cannot be kept like this."), code="bad_pass", fields=problems)
        plate = read_plate(data.plate)
        assert plate is not None
        ensure_key(op=op)
        if enterprise_id is not None:
            place_number(enterprise_id, op=op)
        serial = next_number(VehiclePass, op=op, field="serial")
        _check_free(data, op=op)
        row = VehiclePass.objects.create(
            authority_id=actor.authority_id,
            enterprise_id=enterprise_id,
            serial=serial,
            plate_kind=plate.kind,
            recorded_at=now,
            recorded_by=actor.user_id,
            recorded_by_name=actor.name,
            **{name: getattr(data, name) for name in PassData.__dataclass_fields__},
        )
        op.audit(row, _told(row))
        return row


def cancel_pass(pass_id: UUID, *, actor: Actor, now: datetime) -> VehiclePass:
    """It opens nothing any more. Locks it. Raises NotFound, NotPermitted, Conflict when it is over."""
    with operation("passage.cancel_pass", actor=actor, now=now) as op:
        rows = VehiclePass.objects.filter(authority_id=actor.authority_id, id=pass_id)
        row = rows.select_for_update(of=("self",), no_key=True).select_related("enterprise").first()
        if row is None:
            raise NotFound()
        check_may_pass(actor, row.enterprise.area_id if row.enterprise else None)
        if row.cancelled_at is not None or row.ends_at <= now:
            raise Conflict(_("This pass is over."), code="pass_over")
        row.cancelled_at, row.cancelled_by_name = now, actor.name
        row.save(update_fields=["cancelled_at", "cancelled_by_name"])
        op.audit(row, {"serial": row.serial, "plate": row.plate, "cancelled_at": now})
        return row


def _check_free(data: PassData, *, op: Operation) -> None:
    """The series is locked: nobody else issues one meanwhile."""
    rows = VehiclePass.objects.filter(
        authority_id=op.actor.authority_id,
        plate=data.plate,
        starts_at__lt=data.ends_at,
        ends_at__gt=data.starts_at,
        cancelled_at=None,
    )
    found = rows.order_by("-ends_at").first()
    if found is not None:
        sentence = _("This vehicle has pass no. %(serial)s until %(moment)s.")
        said = sentence % {"serial": found.serial, "moment": to_the_minute(found.ends_at)}
        raise Conflict(said, code="has_pass", fields={"plate": said})


def _told(row: VehiclePass) -> dict[str, object]:
    return {
        "serial": row.serial,
        "plate": row.plate,
        "enterprise": row.enterprise_id,
        "driver": Personal(row.driver_name, DATA_CLASS),
        "passengers": Personal("\n".join(row.passengers), DATA_CLASS),
        "purpose": row.purpose,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
    }
