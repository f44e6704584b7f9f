"""The end of a destruction: keys shredded, and the certificate that says what went, signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.canonical import canonical_bytes, digest
from fugong.core.ending.choices import Mode
from fugong.core.ending.models import (
    DestructionBatch,
    DestructionCertificate,
    DestructionPlan,
    DestructionStart,
)
from fugong.core.ending.planning import contents_of
from fugong.core.ending.scope import rows_of
from fugong.core.ending.shredding import Shredded, begin_new_period, shred
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.core.retention import retention_class
from fugong.core.signing import SigningKey, find_signing_key, make_signing_key
from fugong.core.tenancy import acting_for

PURPOSE: Final = "destruction"
FORM: Final = "fugong-destruction-1"


@dataclass(frozen=True, slots=True)
class Copies:
    """What is known of copies that this destruction does not reach: `backups` by name, `masters` by
    fingerprint.

    `masters_retired`: the master keys that opened them are gone from this installation.
    """

    backups: tuple[str, ...] = ()
    masters: tuple[str, ...] = ()
    masters_retired: bool = False


def shred_keys(plan: DestructionPlan, start: DestructionStart, *, actor: Actor, now: datetime) -> Shredded:
    """After the rows are gone. Safe to repeat."""
    contents = contents_of(plan)
    with operation("destruction.shred", actor=actor, now=now) as op:
        if plan.mode == Mode.DUE:
            sealed = {seal for part in contents.parts for seal in retention_class(part.retention).seals}
            begin_new_period(sorted(sealed), plan.authority_id, since=start.at, now=now)
        shredded = shred(contents.keys, plan.authority_id, now=now)
        op.audit(plan, {"number": plan.number, "keys": [key.fingerprint for key in shredded.keys]})
        return shredded


def certify(
    plan: DestructionPlan,
    start: DestructionStart,
    shredded: Shredded,
    *,
    copies: Copies,
    actor: Actor,
    now: datetime,
) -> DestructionCertificate:
    """Once a plan. Raises Conflict while rows of the plan are left."""
    earlier = DestructionCertificate.objects.filter(plan=plan).first()
    if earlier is not None:
        return earlier
    with operation("destruction.certify", actor=actor, now=now) as op:
        _check_nothing_left(plan)
        statement = _statement(plan, start, shredded, copies, now)
        key = _signing_key(plan)
        row = DestructionCertificate.objects.create(
            authority_id=plan.authority_id,
            plan=plan,
            statement=statement,
            digest=digest(statement).hex(),
            key_id=key.id,
            public_key=key.public,
            signature=key.sign(canonical_bytes(statement)),
            issued_at=now,
        )
        op.audit(row, {"number": plan.number, "digest": row.digest, "key": key.id})
        return row


def _statement(
    plan: DestructionPlan, start: DestructionStart, shredded: Shredded, copies: Copies, now: datetime
) -> dict[str, Any]:
    """Everything that is printed, in JSON's own types: the signature is over exactly this."""
    days = _days(plan)
    approvals = list(plan.approvals.order_by("side"))
    batches = list(
        DestructionBatch.objects.filter(authority_id=plan.authority_id, plan=plan).order_by("position")
    )
    return {
        "form": FORM,
        "authority": str(plan.authority_id),
        "number": plan.number,
        "mode": plan.mode,
        "as_of": plan.as_of.isoformat(),
        "plan": plan.digest,
        "approvals": [
            {"side": each.side, "name": each.by_name, "at": each.at.isoformat(), "witnesses": each.witnesses}
            for each in approvals
        ],
        "began_at": start.at.isoformat(),
        "ended_at": now.isoformat(),
        "rows": _rows(batches),
        **({"days": days} if days else {}),
        "rows_hash": batches[-1].chained if batches else plan.digest,
        "batches": len(batches),
        "keys": [asdict(key) for key in shredded.keys],
        "keys_kept": shredded.kept,
        "totals": digest(start.totals).hex(),
        "figures": digest(start.figures).hex(),
        "copies": {**asdict(copies), "backups": list(copies.backups), "masters": list(copies.masters)},
    }


def _rows(batches: Sequence[DestructionBatch]) -> list[dict[str, Any]]:
    counts: Counter[tuple[str, str]] = Counter()
    for batch in batches:
        counts[batch.model, batch.fate] += batch.rows
    return [{"model": model, "fate": fate, "rows": rows} for (model, fate), rows in sorted(counts.items())]


def _days(plan: DestructionPlan) -> list[dict[str, Any]]:
    """Of tables that end day by day: what was found on each day when it began."""
    return [
        {"model": part.model, "day": day, "rows": rows}
        for part in contents_of(plan).parts
        for day, rows in part.days
    ]


def _check_nothing_left(plan: DestructionPlan) -> None:
    with acting_for(plan.authority_id):
        left = [
            part.model for part in contents_of(plan).parts if rows_of(part.root, plan.authority_id).exists()
        ]
    if left:
        raise Conflict(_("Rows are left: run the destruction again."), code="rows_left")


def _signing_key(plan: DestructionPlan) -> SigningKey:
    rows = DestructionCertificate.objects.filter(authority_id=plan.authority_id).order_by("-issued_at")
    known = (find_signing_key(PURPOSE, row.key_id) for row in rows)
    return next((key for key in known if key is not None), None) or make_signing_key(PURPOSE)
