"""Personal values inside an audit row: ciphertext before they are stored, ciphertext when they are hashed."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fugong.core.canonical import Json, as_json
from fugong.core.sealed import open_text, seal_text

_SEALED, _CLASS = "sealed", "class"


@dataclass(frozen=True, slots=True, repr=False)
class Personal:
    """Marks a value in `changes` as personal, of a class of data whose key may be destroyed one day.

    The chain hashes the ciphertext, so it still verifies when nobody can read the value any more.
    """

    value: str
    data_class: str


def sealed_changes(changes: Mapping[str, object], *, authority_id: UUID) -> dict[str, Json]:
    """`changes` as they are stored: plain JSON, with every `Personal` in it sealed."""
    return {key: _stored(value, authority_id) for key, value in changes.items()}


def opened_changes(changes: Mapping[str, Json], *, authority_id: UUID) -> dict[str, Json]:
    """The reverse, for a reader who may see them. Raises KeyDestroyed, KeyLost or Tampered."""
    return {key: _opened(value, authority_id) for key, value in changes.items()}


def is_sealed(value: Json) -> bool:
    return isinstance(value, dict) and value.keys() == {_SEALED, _CLASS}


def _stored(value: object, authority_id: UUID) -> Json:
    if isinstance(value, Personal):
        raw = seal_text(value.value, authority_id=authority_id, data_class=value.data_class)
        return {_SEALED: base64.b64encode(raw).decode(), _CLASS: value.data_class}
    if isinstance(value, Mapping):
        return {str(key): _stored(inner, authority_id) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_stored(inner, authority_id) for inner in value]
    return as_json(value)


def _opened(value: Json, authority_id: UUID) -> Json:
    if isinstance(value, list):
        return [_opened(inner, authority_id) for inner in value]
    if not isinstance(value, dict):
        return value
    if not is_sealed(value):
        return {key: _opened(inner, authority_id) for key, inner in value.items()}
    try:
        raw = base64.b64decode(str(value[_SEALED]), validate=True)
    except binascii.Error:
        return value
    return open_text(raw, authority_id=authority_id)
