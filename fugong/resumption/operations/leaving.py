"""An enterprise that has left the park: its certificate counts no longer, and nothing is left to decide."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fugong.core.actor import Actor, system_actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.enterprises.queries import list_enterprises
from fugong.resumption.choices import CertificateState, EventKind
from fugong.resumption.operations import certificates, closing
from fugong.resumption.operations.owing import withdraw_confirmations


def end_for_leaver(enterprise_id: UUID, authority_id: UUID, *, now: datetime) -> None:
    """Revokes the living certificate and closes the open application, and locks them. Safe to run twice.

    Does nothing where the enterprise has come back meanwhile.
    """
    actor = system_actor(authority_id, "clock")
    with acting_for(authority_id), transaction.atomic():
        application = closing.lock_open(enterprise_id)
        certificate = certificates.living(enterprise_id)
        if (application or certificate) is None or not _has_left(enterprise_id, actor):
            return
        with operation("resumption.end_for_leaver", actor=actor, now=now) as op:
            if application is not None:
                closing.close(application, EventKind.LEFT, op=op)
            if certificate is not None:
                certificates.change_state(certificate, CertificateState.REVOKED, op=op)
            withdraw_confirmations(enterprise_id, op=op)


def _has_left(enterprise_id: UUID, actor: Actor) -> bool:
    return list_enterprises(actor).filter(id=enterprise_id, left_on__isnull=False).exists()
