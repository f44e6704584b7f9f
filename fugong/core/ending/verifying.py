"""Whether a certificate of destruction holds: asked of the rows, the keys, the trail and the signature."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.audit.queries import list_history
from fugong.core.canonical import canonical_bytes, digest
from fugong.core.ending.choices import Fate
from fugong.core.ending.ledger import chain
from fugong.core.ending.models import DestructionBatch, DestructionCertificate, DestructionStart
from fugong.core.ending.planning import contents_of, plan_digest
from fugong.core.ending.scope import kept_of, rows_of
from fugong.core.files import find_strays
from fugong.core.sealed import key_ring
from fugong.core.sealed.models import DataKey
from fugong.core.signing import is_signed, key_id_of
from fugong.core.tenancy import acting_for


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `detail` says what was found where it is not as it should be."""

    label: str | Promise
    is_good: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`masters` are keys still on this machine that open copies made before: no fault, but to be known."""

    checks: tuple[Check, ...]
    masters: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return all(check.is_good for check in self.checks)


def verify(certificate: DestructionCertificate) -> Verdict:
    """Recomputes what can be recomputed. Opens nothing."""
    with acting_for(certificate.authority_id):
        checks = (
            Check(_("The signature fits the certificate"), _is_signed(certificate)),
            Check(_("The audit trail tells of this certificate"), _is_told_of(certificate)),
            Check(_("The plan is the one that two people approved"), _is_planned(certificate)),
            Check(_("The batches add up to the hash"), _adds_up(certificate)),
            Check(_("What stays is what was kept"), _stays(certificate)),
            _nothing_left(certificate),
            _no_file_left(certificate),
            _keys_gone(certificate),
        )
    copies = certificate.statement["copies"]["masters"]
    return Verdict(checks, tuple(sorted(set(copies) & set(key_ring().keys))))


def find_certificate(authority_id: UUID, number: int) -> DestructionCertificate | None:
    rows = DestructionCertificate.objects.filter(authority_id=authority_id, plan__number=number)
    return rows.select_related("plan").first()


def certificates_of_figures(authority_id: UUID) -> dict[str, tuple[int, str]]:
    """By the name under which a published figure was kept: the plan's number, and the hash of the figure."""
    rows = DestructionStart.objects.filter(authority_id=authority_id).select_related("plan").order_by("at")
    return {name: (row.plan.number, str(kept)) for row in rows for name, kept in row.figures.items()}


def _is_signed(certificate: DestructionCertificate) -> bool:
    message, public = canonical_bytes(certificate.statement), bytes(certificate.public_key)
    fits = certificate.digest == digest(certificate.statement).hex() and certificate.key_id == key_id_of(
        public
    )
    return fits and is_signed(message, bytes(certificate.signature), public)


def _is_told_of(certificate: DestructionCertificate) -> bool:
    label = certificate._meta.label_lower
    history = list_history(label, str(certificate.pk), authority_id=certificate.authority_id)
    told = [(entry.changes.get("digest"), entry.changes.get("key")) for entry in history]
    return told == [(certificate.digest, certificate.key_id)]


def _is_planned(certificate: DestructionCertificate) -> bool:
    plan = certificate.plan
    approvals = {each.by for each in plan.approvals.all()}
    return plan.digest == plan_digest(plan) == certificate.statement["plan"] and len(approvals) == 2


def _adds_up(certificate: DestructionCertificate) -> bool:
    rows = DestructionBatch.objects.filter(authority_id=certificate.authority_id, plan=certificate.plan)
    head, counts = certificate.plan.digest, Counter[tuple[str, str]]()
    for place, row in enumerate(rows.order_by("position"), start=1):
        head = chain(head, row.model, row.fate, row.rows, row.digest)
        if row.position != place or row.chained != head:
            return False
        counts[row.model, row.fate] += row.rows
    told = {(each["model"], each["fate"]): each["rows"] for each in certificate.statement["rows"]}
    by_day = Counter[str]()
    for each in certificate.statement.get("days", ()):
        by_day[each["model"]] += each["rows"]
    adds_up = all(rows == counts[model, Fate.DESTROY] for model, rows in by_day.items())
    return bool(head == certificate.statement["rows_hash"] and told == dict(counts) and adds_up)


def _stays(certificate: DestructionCertificate) -> bool:
    start, told = certificate.plan.start, certificate.statement
    kept = {"totals": digest(start.totals).hex(), "figures": digest(start.figures).hex()}
    return all(told[name] == value for name, value in kept.items())


def _nothing_left(certificate: DestructionCertificate) -> Check:
    """Rows of an emergency that began later are others."""
    label, left = _("No row of the plan is there"), []
    for part in contents_of(certificate.plan).parts:
        rows = rows_of(part.root, certificate.authority_id)
        if part.before is None and (kept := kept_of(part.model)).daily:
            rows = rows.filter(**{f"{kept.since}__lt": certificate.issued_at})
        elif part.before is None:
            # Ids grow with the time: one that is smaller was there before.
            rows = rows.filter(pk__lt=certificate.pk)
        if part.fate == Fate.DESTROY and rows.exists():
            left.append(part.model)
    return Check(label, not left, ", ".join(left))


def _no_file_left(certificate: DestructionCertificate) -> Check:
    """What lies on the disk belongs to a row; an upload under way is younger than an hour."""
    left = find_strays(certificate.authority_id, wall_clock=datetime.now(UTC))
    return Check(_("No file without its row is on the disk"), not left, ", ".join(sorted(left)))


def _keys_gone(certificate: DestructionCertificate) -> Check:
    ids = [key["id"] for key in certificate.statement["keys"]]
    alive = DataKey.objects.filter(authority_id=certificate.authority_id, id__in=ids, destroyed_at=None)
    found = sorted(str(key) for key in alive.values_list("id", flat=True))
    return Check(_("The keys are destroyed"), not found, ", ".join(found))
