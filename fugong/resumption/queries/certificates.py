"""Reading certificates, by the enterprise's people and by anybody who scans one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.resumption.choices import CertificateState
from fugong.resumption.models import Application, Certificate, CertificateEvent, CertificateKey
from fugong.resumption.models.applications import inside_sight
from fugong.resumption.permissions import may_see
from fugong.resumption.rules.certificates import (
    Seal,
    Statement,
    has_run_out,
    is_genuine,
    may_be_renewed,
    parse_seal,
)


class Genuineness(StrEnum):
    """What anybody who scans a code is told."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    RUN_OUT = "run_out"
    NOT_GENUINE = "not_genuine"


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the public page shows; empty beside the answer where the code is not genuine."""

    answer: Genuineness
    name: str = ""
    number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


def statement_of(certificate: Certificate) -> Statement:
    return Statement(
        authority_id=certificate.authority_id,
        certificate_id=certificate.id,
        number=certificate.number,
        enterprise_name=certificate.enterprise_name,
        credit_code=certificate.credit_code,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        key_id=certificate.key_id,
    )


def check_public(number: str, seal_text: str, *, today: date) -> Shown:
    """Looks at the signature and at the certificate's state now. Every fault gives the same answer: not
    genuine.

    The seal says whose certificate it is; the signature is checked over the stored row, so that neither a
    forged
    code nor a changed row is taken for genuine.
    """
    seal = parse_seal(seal_text)
    if seal is None:
        return Shown(Genuineness.NOT_GENUINE)
    with acting_for(seal.authority_id):
        certificate = Certificate.objects.filter(number=number).first()
        if certificate is None or not _is_signed(certificate, seal):
            return Shown(Genuineness.NOT_GENUINE)
    return Shown(
        answer=_answer(certificate, today),
        name=certificate.enterprise_name,
        number=certificate.number,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
    )


def get_certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    """Raises `NotFound`, also for who may not see the enterprise or has no part in applications."""
    if not may_see(actor):
        raise NotFound
    certificate = (
        Certificate.objects.filter(inside_sight(actor))
        .select_related("enterprise", "application")
        .filter(id=certificate_id)
        .first()
    )
    if certificate is None:
        raise NotFound
    return certificate


def find_certificate_of(application: Application) -> Certificate | None:
    """The one its approval issued. The caller answers for who may see the application."""
    return Certificate.objects.filter(application=application).first()


def list_certificates(actor: Actor, enterprise_id: UUID) -> list[Certificate]:
    """The enterprise's certificates, the newest first."""
    rows = Certificate.objects.filter(inside_sight(actor)).filter(enterprise_id=enterprise_id)
    return list(rows.order_by("-issued_at"))


def list_renewable(enterprise_ids: Iterable[UUID], *, today: date) -> set[UUID]:
    """Those whose newest certificate counts no longer, or soon will not.

    The caller answers for who may know.
    """
    rows = Certificate.objects.filter(enterprise_id__in=list(enterprise_ids))
    newest = rows.order_by("enterprise_id", "-issued_at").distinct("enterprise_id")
    return {row.enterprise_id for row in newest if may_be_renewed(row.state, row.valid_until, today=today)}


def list_certificate_events(certificate: Certificate) -> list[CertificateEvent]:
    return list(CertificateEvent.objects.filter(certificate=certificate).order_by("-at", "-id"))


def code_url(certificate: Certificate) -> str:
    """What the QR code holds: an address anybody can open, which is all a scanner needs."""
    seal = Seal(certificate.authority_id, bytes(certificate.signature))
    path = reverse("resumption:check_certificate", args=[certificate.number])
    return f"{settings.FUGONG_PUBLIC_URL}{path}?s={seal.text()}"


def _is_signed(certificate: Certificate, seal: Seal) -> bool:
    key = CertificateKey.objects.filter(key_id=certificate.key_id).first()
    return key is not None and is_genuine(statement_of(certificate), seal, bytes(key.public_key))


def _answer(certificate: Certificate, today: date) -> Genuineness:
    if certificate.state != CertificateState.VALID:
        return Genuineness(certificate.state)
    return Genuineness.RUN_OUT if has_run_out(certificate.valid_until, today) else Genuineness.VALID
