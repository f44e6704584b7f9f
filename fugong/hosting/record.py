"""What is asked of the record itself when it is kept or brought back. Needs Django and a database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation

from fugong.areas.queries import list_authorities
from fugong.core.audit.chain import Head
from fugong.core.audit.sealing import seal_all
from fugong.core.audit.verifying import verify
from fugong.core.sealed import KeyLost, key_ring
from fugong.core.sealed.models import DataKey
from fugong.core.secrets import keys_folder
from fugong.core.tenancy import acting_for

PURPOSE = "backup"
WITHOUT_KEYS = (
    "Personal identifiers (telephone numbers and the like) cannot be read, and new ones cannot be kept, "
    "until they are back: run `fugong keys restore FILE` before anything else. If they are lost for good, "
    "so are these values (docs/how-to/backup.md)."
)


def chain_what_waits(*, now: datetime) -> None:
    """So that no entry comes back unchained. Without keys it cannot be done, and must not make new ones."""
    if _has_keys():
        for authority in list_authorities():
            seal_all(authority.id, now=now)


def prove(text: str) -> str:
    """A check under this installation's master key, as FINGERPRINT:HEX; empty without keys."""
    if not _has_keys():
        return ""
    ring = key_ring()
    return f"{ring.current}:{ring.mac(PURPOSE, text.encode(), fingerprint=ring.current).hex()}"


def is_disproved(text: str, proof: str) -> bool:
    """True only when the key is here and the check fails: somebody wrote another list of contents."""
    fingerprint, _, told = proof.partition(":")
    if not (told and _has_keys()):
        return False
    try:
        return key_ring().mac(PURPOSE, text.encode(), fingerprint=fingerprint).hex() != told
    except KeyLost:
        return False


def missing_masters() -> list[str]:
    """Fingerprints of master keys that living data keys need and that are not on this machine."""
    needed: set[str] = set()
    for authority in list_authorities():
        with acting_for(authority.id):
            needed |= set(DataKey.objects.filter(destroyed_at=None).values_list("master", flat=True))
    known = set(key_ring().keys) if needed and _has_keys() else set()
    return sorted(needed - known)


def missing_keys() -> str:
    """What to tell people when keys are missing; empty when all are here."""
    missing = missing_masters()
    return f"KEYS ARE MISSING: {', '.join(missing)}. {WITHOUT_KEYS}" if missing else ""


def find_broken_chains(heads: Mapping[str, str]) -> list[str]:
    """One sentence for each authority whose chain does not verify up to the head that was kept.

    Heads are written POSITION:HASH. Without keys the chain is recomputed all the same; only its seals stay
    unproven.
    """
    broken = []
    with _keys_or_none(), translation.override("en"):
        for authority in list_authorities():
            kept = heads.get(str(authority.id))
            verdict = verify(authority.id, expected_head=Head.parse(kept) if kept else None)
            if verdict.fault is not None:
                where = f" at position {verdict.fault.position}" if verdict.fault.position else ""
                broken.append(
                    f"The audit chain of {authority.code} is broken{where}: {verdict.fault.sentence}."
                )
        present = {str(each.id) for each in list_authorities()}
    return broken + [f"The authority {UUID(lost)} is missing." for lost in sorted(set(heads) - present)]


def _has_keys() -> bool:
    """Without making any, as asking for the ring would."""
    return any(keys_folder(settings.FUGONG_HOME).glob("master-*.key"))


@contextmanager
def _keys_or_none() -> Iterator[None]:
    """Where there are no keys, a folder that is thrown away takes the one that a first use makes."""
    if _has_keys():
        yield
        return
    before = os.environ.get("FUGONG_KEYS")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FUGONG_KEYS"] = folder
        try:
            yield
        finally:
            os.environ.pop("FUGONG_KEYS")
            if before is not None:
                os.environ["FUGONG_KEYS"] = before
