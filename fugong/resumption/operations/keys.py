"""The keys that sign certificates. The private half is a file in the keys folder; the database holds the
public one.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fugong.core.operation import Operation
from fugong.core.signing import find_signing_key, make_signing_key
from fugong.resumption.models import CertificateKey

PURPOSE = "certificate"


def signing_key(op: Operation) -> tuple[str, Ed25519PrivateKey]:
    """The newest key of the authority whose private half is here; a new one where there is none."""
    rows = CertificateKey.objects.order_by("-made_at", "-id").values_list("key_id", flat=True)
    for key_id in rows:
        key = find_signing_key(PURPOSE, key_id)
        if key is not None:
            return key_id, key.private
    return new_key(op)


def new_key(op: Operation) -> tuple[str, Ed25519PrivateKey]:
    """What is signed from now on is signed with this one. The file is written before the row can be
    committed.
    """
    key = make_signing_key(PURPOSE)
    row = CertificateKey.objects.create(
        authority_id=op.actor.authority_id, key_id=key.id, public_key=key.public, made_at=op.now
    )
    op.audit(row, {"key": key.id})
    return key.id, key.private
