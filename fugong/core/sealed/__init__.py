"""Personal identifiers, encrypted at rest, found again by a keyed hash.

Owns the key ring (kept apart from the data), the data keys (one per authority and class of data, changed by
rotation), the fields that use them, and resealing. Does not own when a key is rotated or destroyed: that is
ordered by an operation of the security administrator. See docs/adr/0005-sealed-fields.md.
"""

from fugong.core.sealed.ciphers import Tampered
from fugong.core.sealed.destroying import destroy
from fugong.core.sealed.faults import (
    KeyDestroyed,
    KeyLost,
    KeyRingFault,
    NoAuthority,
    SealedFault,
    StillInUse,
)
from fugong.core.sealed.fields import SealedField, SearchHashField
from fugong.core.sealed.hashing import fill_hashes
from fugong.core.sealed.keyring import KeyRing, add_master_key, key_ring, retire_master_key
from fugong.core.sealed.keys import (
    forget_opened_keys,
    hashed_for_search,
    open_text,
    rewrap,
    rotate,
    seal_text,
    sealer,
    search_hasher,
)
from fugong.core.sealed.normalising import NORMALISERS
from fugong.core.sealed.resealing import Batch, list_sealed_fields, reseal, reseal_all
from fugong.core.sealed.values import Ciphertext

__all__ = [
    "NORMALISERS",
    "Batch",
    "Ciphertext",
    "KeyDestroyed",
    "KeyLost",
    "KeyRing",
    "KeyRingFault",
    "NoAuthority",
    "SealedFault",
    "SealedField",
    "SearchHashField",
    "StillInUse",
    "Tampered",
    "add_master_key",
    "destroy",
    "fill_hashes",
    "forget_opened_keys",
    "hashed_for_search",
    "key_ring",
    "list_sealed_fields",
    "open_text",
    "reseal",
    "reseal_all",
    "retire_master_key",
    "rewrap",
    "rotate",
    "seal_text",
    "sealer",
    "search_hasher",
]
