"""What a certificate's signature covers, and how it travels in the QR code. Ed25519 (RFC 8032)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fugong.resumption.choices import CertificateState

RENEWED_BEFORE = timedelta(days=7)
"""A local choice of the product: the authority needs its working days before the last day is over."""
_FORM = "fugong-certificate-1"
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Statement:
    """What the certificate says. All of it is signed, so a changed name is as false as a changed number."""

    authority_id: UUID
    certificate_id: UUID
    number: str
    enterprise_name: str
    credit_code: str
    issued_on: date
    valid_until: date | None
    key_id: str

    def canonical(self) -> bytes:
        """One byte string for one statement: parts are length-prefixed, so none can run into the next."""
        parts = [
            _FORM,
            self.key_id,
            str(self.authority_id),
            str(self.certificate_id),
            self.number,
            self.enterprise_name,
            self.credit_code,
            self.issued_on.isoformat(),
            self.valid_until.isoformat() if self.valid_until else "",
        ]
        encoded = [part.encode() for part in parts]
        return b"".join(len(part).to_bytes(4) + part for part in encoded)


@dataclass(frozen=True, slots=True)
class Seal:
    """What the QR code carries beside the number: where to look, and the signature."""

    authority_id: UUID
    signature: bytes

    def text(self) -> str:
        return base64.urlsafe_b64encode(self.authority_id.bytes + self.signature).decode().rstrip("=")


def parse_seal(text: str) -> Seal | None:
    """None for anything that no certificate of ours carries. Only the one spelling that `text()` makes is
    read.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + _SIGNATURE_BYTES:
        return None
    seal = Seal(authority_id=UUID(bytes=raw[:16]), signature=raw[16:])
    return seal if seal.text() == text else None


def sign(statement: Statement, key: Ed25519PrivateKey) -> Seal:
    return Seal(statement.authority_id, key.sign(statement.canonical()))


def is_genuine(statement: Statement, seal: Seal, public_key: bytes) -> bool:
    if seal.authority_id != statement.authority_id:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(seal.signature, statement.canonical())
    except InvalidSignature:
        return False
    return True


def has_run_out(valid_until: date | None, today: date) -> bool:
    """The last day itself is still good."""
    return valid_until is not None and today > valid_until


def may_be_renewed(state: str, valid_until: date | None, *, today: date) -> bool:
    """Whether a working enterprise whose newest certificate this is may apply for a new one.

    That of one which left and came back was revoked when it left.
    """
    if state == CertificateState.REVOKED:
        return True
    return valid_until is not None and today > valid_until - RENEWED_BEFORE
