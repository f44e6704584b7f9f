"""Reading suspensions."""

from __future__ import annotations

from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.decisions.models import DecisionRecord
from fugong.core.decisions.recording import list_decisions
from fugong.core.refusals import NotFound
from fugong.resumption.models import Suspension
from fugong.resumption.models.suspensions import SuspensionQuerySet
from fugong.resumption.permissions import may_see


def list_suspensions(actor: Actor) -> SuspensionQuerySet:
    if not may_see(actor):
        return Suspension.objects.none()
    return Suspension.objects.visible_to(actor).select_related("enterprise")


def get_suspension(actor: Actor, suspension_id: UUID) -> Suspension:
    rows = list_suspensions(actor).select_related("enterprise__area")
    suspension = rows.filter(id=suspension_id).first()
    if suspension is None:
        raise NotFound
    return suspension


def find_open_suspension(actor: Actor, enterprise_id: UUID) -> Suspension | None:
    return list_suspensions(actor).open().filter(enterprise_id=enterprise_id).first()


def list_suspensions_of(actor: Actor, enterprise_id: UUID) -> list[Suspension]:
    """The newest first."""
    return list(list_suspensions(actor).filter(enterprise_id=enterprise_id).order_by("-proposed_at"))


def decisions_about_suspension(suspension: Suspension) -> list[DecisionRecord]:
    return list(reversed(list_decisions(suspension)))
