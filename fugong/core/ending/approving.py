"""Two people agree to a plan: one grants access here, the other audits; nobody does both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.ending.choices import PERMISSION_OF, Side
from fugong.core.ending.models import DestructionApproval, DestructionPlan
from fugong.core.names import tidy
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted

MOST_WITNESSES: Final = 10


def side_of(actor: Actor) -> Side | None:
    """For which side somebody may speak. Whoever holds both powers speaks for none."""
    held = [side for side in Side if actor.may(PERMISSION_OF[side])]
    return held[0] if len(held) == 1 else None


def approve(plan_id: UUID, *, witnesses: Sequence[str], actor: Actor, now: datetime) -> DestructionApproval:
    """`witnesses` are those who will be there, by name and post; the approver is none of them.

    Locks the plan. Raises NotFound, NotPermitted, Invalid without a witness, Conflict when this side has
    approved.
    """
    with operation("destruction.approve", actor=actor, now=now) as op:
        plan = DestructionPlan.objects.filter(authority_id=actor.authority_id, id=plan_id).first()
        if plan is None:
            raise NotFound()
        side = side_of(actor)
        if side is None or actor.user_id is None:
            raise NotPermitted()
        approval = DestructionApproval(
            authority_id=actor.authority_id,
            plan=plan,
            side=side,
            witnesses=_checked(witnesses, actor),
            by=actor.user_id,
            by_name=actor.name,
            at=now,
        )
        _kept(approval)
        op.audit(plan, {"number": plan.number, "side": side.value, "digest": plan.digest})
        return approval


def is_approved(plan: DestructionPlan) -> bool:
    return {each.side for each in plan.approvals.all()} == set(Side.values)


def _kept(approval: DestructionApproval) -> None:
    try:
        with transaction.atomic():
            approval.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Your side has approved this plan already."), code="approved") from None


def _checked(witnesses: Sequence[str], actor: Actor) -> list[str]:
    named = list(dict.fromkeys(name for each in witnesses if (name := tidy(each)[:100])))
    if not named:
        sentence = _("Name at least one witness.")
        raise Invalid(sentence, code="no_witness", fields={"witnesses": sentence})
    if len(named) > MOST_WITNESSES:
        most = _("Name at most %(number)s witnesses.") % {"number": MOST_WITNESSES}
        raise Invalid(most, code="too_many_witnesses", fields={"witnesses": most})
    if any(tidy(actor.name) in name for name in named):
        sentence = _("Whoever approves is no witness.")
        raise Invalid(sentence, code="own_witness", fields={"witnesses": sentence})
    return named
