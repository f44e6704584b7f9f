"""Reading plans and certificates."""

from __future__ import annotations

from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.ending.models import DestructionCertificate, DestructionPlan
from fugong.core.refusals import NotFound, NotPermitted
from fugong.core.retention.terms import SEE


def list_plans(actor: Actor) -> list[DestructionPlan]:
    """The newest first, with who approved, whether it began and ended."""
    _check_may(actor)
    rows = DestructionPlan.objects.filter(authority_id=actor.authority_id)
    related = rows.select_related("start", "certificate").prefetch_related("approvals")
    return list(related.order_by("-number"))


def get_plan(actor: Actor, plan_id: UUID) -> DestructionPlan:
    """Raises NotFound and NotPermitted."""
    _check_may(actor)
    rows = DestructionPlan.objects.filter(authority_id=actor.authority_id, id=plan_id)
    plan = rows.select_related("start", "certificate").prefetch_related("approvals").first()
    if plan is None:
        raise NotFound()
    return plan


def get_certificate(actor: Actor, plan_id: UUID) -> DestructionCertificate:
    """Raises NotFound for a plan that is not at its end."""
    plan = get_plan(actor, plan_id)
    if not hasattr(plan, "certificate"):
        raise NotFound()
    return plan.certificate


def _check_may(actor: Actor) -> None:
    if not (actor.is_system or actor.may(SEE)):
        raise NotPermitted()
