"""The visit on site, as the instructor's phone sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.files import Upload, store
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid
from fugong.playbooks.choices import RouteMode
from fugong.playbooks.facts import VisitCheck
from fugong.resumption.choices import VISIT_PHOTO, ApplicationState, EventKind, Move
from fugong.resumption.models import Application, Verification, VerificationItem
from fugong.resumption.operations import events, owing
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.permissions import check_may_verify
from fugong.resumption.queries.terms import Terms, checks_of, terms_of, visit_checks
from fugong.resumption.rules.signatures import Signature
from fugong.resumption.rules.transitions import next_state
from fugong.resumption.rules.verification import Finding, VisitOutcome, check_complete, outcome


@dataclass(frozen=True, slots=True)
class Visit:
    """`findings` and `photos` by the key of the check. `visited_at` may lie before now: phones lose the
    network.
    """

    visited_at: datetime
    signature: Signature
    findings: Mapping[str, Finding]
    photos: Mapping[str, Upload] = field(default_factory=dict)
    note: str = ""


def verify(application_id: UUID, visit: Visit, *, actor: Actor, now: datetime) -> Verification:
    """Keeps the visit whole or not at all. A further visit stands beside the earlier one, and the newest
    counts.

    Locks the application. Raises `Conflict` when it is not under review, `Invalid` naming each check that is
    not finished, FileRefused for a photo that is none.
    """
    with operation("resumption.verify", actor=actor, now=now) as op:
        application = lock_application(application_id, actor=actor)
        check_may_verify(actor, application)
        terms = terms_of(application, today=local_date(now))
        _check_state(application, terms)
        _check_time(application, visit, now)
        wanted = checks_of(terms)
        findings = {
            key: replace(finding, has_photo=key in visit.photos) for key, finding in visit.findings.items()
        }
        check_complete(wanted, findings)
        seen = outcome(wanted, findings)
        row = _keep(application, visit, seen, op=op)
        _keep_items(row, visit, findings, visit_checks(terms), op=op)
        events.record(
            application,
            events.Happening(EventKind.VERIFIED, note=visit.note.strip(), detail={"passed": seen.passed}),
            op=op,
        )
        owing.settle_visit(application, op=op)
        op.audit(
            application, {"passed": seen.passed, "failed": list(seen.failed), "vetoed": list(seen.vetoed_by)}
        )
        return row


def _check_state(application: Application, terms: Terms) -> None:
    """Only what lies with the authority is verified; a commitment was accepted before the visit."""
    if not visit_checks(terms):
        raise Conflict(_("The playbook asks for no visit here."), code="no_visit")
    if terms.mode is RouteMode.COMMITMENT and application.state == ApplicationState.APPROVED:
        return
    next_state(application.state, Move.APPROVE)


def _check_time(application: Application, visit: Visit, now: datetime) -> None:
    assert application.submitted_at is not None
    if not application.submitted_at <= visit.visited_at <= now:
        raise Invalid(
            _("The visit must lie between the application and now."),
            code="visit_time",
            fields={"visited_at": _("Correct the time of the visit.")},
        )


def _keep(application: Application, visit: Visit, seen: VisitOutcome, *, op: Operation) -> Verification:
    return Verification.objects.create(
        authority_id=op.actor.authority_id,
        application=application,
        round=application.round,
        visited_at=visit.visited_at,
        by_id=op.actor.user_id,
        by_name=op.actor.name,
        passed=seen.passed,
        vetoed=bool(seen.vetoed_by),
        note=visit.note.strip(),
        signature_kind=visit.signature.kind,
        signed_name=visit.signature.name,
        signature_png=visit.signature.png or None,
        recorded_at=op.now,
    )


def _keep_items(
    row: Verification,
    visit: Visit,
    findings: Mapping[str, Finding],
    checks: tuple[VisitCheck, ...],
    *,
    op: Operation,
) -> None:
    photos = {
        key: store(upload, purpose=VISIT_PHOTO, actor=op.actor, now=op.now)
        for key, upload in visit.photos.items()
    }
    VerificationItem.objects.bulk_create(
        VerificationItem(
            authority_id=op.actor.authority_id,
            verification=row,
            position=position,
            key=check.id,
            name_zh=check.name.zh,
            name_en=check.name.en,
            result=findings[check.id].result or "",
            count=findings[check.id].count,
            unit_zh=check.unit.zh if check.unit else "",
            unit_en=check.unit.en if check.unit else "",
            is_veto=check.is_veto,
            note=findings[check.id].note.strip(),
            photo=photos.get(check.id),
        )
        for position, check in enumerate(checks, start=1)
    )
