"""Issuing certificates and changing whether they are valid. Always inside another operation of
this context.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from fugong.core.clock import local_date
from fugong.core.ids import new_id
from fugong.core.operation import Operation
from fugong.playbooks.choices import Validity
from fugong.resumption.choices import CertificateState
from fugong.resumption.models import Application, Certificate, CertificateEvent
from fugong.resumption.operations.keys import signing_key
from fugong.resumption.operations.numbers import next_number
from fugong.resumption.queries.certificates import statement_of
from fugong.resumption.queries.terms import Terms
from fugong.resumption.rules.certificates import sign
from fugong.resumption.rules.transitions import check_certificate_may_become


def issue(application: Application, terms: Terms, *, op: Operation) -> Certificate:
    """Signs what the register says of the enterprise today. An earlier certificate is replaced
    by this one.
    """
    revoke_living(application, op=op)
    issued_on = local_date(op.now)
    key_id, key = signing_key(op)
    certificate = Certificate(
        id=new_id(),
        authority_id=op.actor.authority_id,
        application=application,
        enterprise=application.enterprise,
        number=next_number("C", op),
        enterprise_name=application.enterprise.name,
        credit_code=application.enterprise.credit_code,
        issued_at=op.now,
        issued_on=issued_on,
        valid_until=_valid_until(terms, issued_on),
        key_id=key_id,
        state=CertificateState.VALID,
        state_at=op.now,
        decision_id=application.decision_id,
        recorded_at=op.now,
    )
    certificate.signature = sign(statement_of(certificate), key).signature
    certificate.save(force_insert=True)
    _record(certificate, op=op, note="", reason="")
    op.audit(
        certificate, {"number": certificate.number, "key": key_id, "valid_until": certificate.valid_until}
    )
    return certificate


def change_state(
    certificate: Certificate, wanted: CertificateState, *, op: Operation, reason: str = "", note: str = ""
) -> None:
    """The caller holds the lock of what it acts on (the suspension or the application)."""
    check_certificate_may_become(certificate.state, wanted)
    before = certificate.state
    certificate.state, certificate.state_at = wanted, op.now
    certificate.save(update_fields=["state", "state_at"])
    _record(certificate, op=op, reason=reason, note=note)
    op.audit(certificate, {"state": [before, wanted.value]}, note=note)


def living(enterprise_id: UUID) -> Certificate | None:
    rows = Certificate.objects.select_for_update().filter(enterprise_id=enterprise_id)
    return rows.exclude(state=CertificateState.REVOKED).first()


def revoke_living(application: Application, *, op: Operation) -> None:
    earlier = living(application.enterprise_id)
    if earlier is not None:
        change_state(earlier, CertificateState.REVOKED, op=op, note=application.number)


def _record(certificate: Certificate, *, op: Operation, reason: str, note: str) -> None:
    CertificateEvent.objects.create(
        authority_id=op.actor.authority_id,
        certificate=certificate,
        state=certificate.state,
        reason=reason,
        note=note,
        by_id=op.actor.user_id,
        by_name=op.actor.name,
        at=op.now,
        recorded_at=op.now,
    )


def _valid_until(terms: Terms, issued_on: date) -> date | None:
    """The last good day; none where the playbook lets certificates stand until revoked, or says nothing."""
    form = terms.playbook.policy.certificate
    if form is None or form.validity is Validity.UNTIL_REVOKED or form.days is None:
        return None
    return issued_on + timedelta(days=form.days - 1)
