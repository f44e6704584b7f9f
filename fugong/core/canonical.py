"""One byte form for one value: what hashes, manifests and the audit chain are computed over."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from math import isfinite
from typing import TypeAlias
from uuid import UUID

from django.utils.functional import Promise

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def as_json(value: object) -> Json:
    """The value in JSON's own types; a type without one clear form is refused with TypeError.

    Times become UTC with microseconds, so that the same moment has one spelling.
    """
    if isinstance(value, Enum):
        return as_json(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, Mapping):
        return {_key(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((as_json(item) for item in value), key=canonical_bytes)
    return _spelled(value)


def canonical_bytes(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8: equal values give equal bytes on every machine and version."""
    return json.dumps(
        as_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(value: object) -> bytes:
    """SHA-256 over the canonical bytes (32 bytes)."""
    return sha256(canonical_bytes(value)).digest()


def _spelled(value: object) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a time without a zone has no single meaning")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Promise):
        raise TypeError("a translated text depends on the reader; pass its key instead")
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise TypeError("a number that is not finite has no canonical form")
    return format(value, "f")


def _finite(value: float) -> float:
    if not isfinite(value):
        raise TypeError("a number that is not finite has no canonical form")
    return value


def _key(key: object) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise TypeError(f"a key must be text, not {type(key).__name__}")
    return key
