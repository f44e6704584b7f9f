"""Sealing and opening under the keys of an authority, and what is done to the keys themselves."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fugong.core.ids import new_id
from fugong.core.sealed import ciphers
from fugong.core.sealed.cache import KeyCache
from fugong.core.sealed.ciphers import Key
from fugong.core.sealed.faults import KeyDestroyed, KeyLost, NoAuthority
from fugong.core.sealed.keyring import key_ring
from fugong.core.sealed.models import DataKey
from fugong.core.sealed.normalising import plain as plain_form
from fugong.core.tenancy import acting_for, current_authority

_SEAL, _INDEX = DataKey.Purpose.SEAL, DataKey.Purpose.INDEX
_cache = KeyCache()


def seal_text(text: str, *, authority_id: UUID, data_class: str) -> bytes:
    """Encrypts under the authority's current key of this class; makes the first key on first use."""
    return ciphers.seal(text.encode(), _current(authority_id, data_class, _SEAL))


def sealer(*, authority_id: UUID, data_class: str) -> Callable[[str], bytes]:
    """As `seal_text`, for many values in one transaction: the key is looked up once, even one just made."""
    seal = ciphers.sealing(_current(authority_id, data_class, _SEAL))
    return lambda text: seal(text.encode())


def open_text(sealed: bytes, *, authority_id: UUID) -> str:
    """Raises KeyLost, KeyDestroyed or Tampered; NoAuthority when another authority is acting."""
    return ciphers.unseal(sealed, _by_id(ciphers.key_id_of(sealed), authority_id)).decode()


def hashed_for_search(
    value: str, *, authority_id: UUID, data_class: str, normalise: Callable[[str], str] = plain_form
) -> bytes:
    """32 bytes under which an exact value is found again; the key differs by authority and class."""
    return ciphers.keyed_hash(normalise(value), _current(authority_id, data_class, _INDEX))


def has_search_key(*, authority_id: UUID, data_class: str) -> bool:
    """Whether anything was ever hashed: what is to be read only must not make the key."""
    _check_acting(authority_id)
    rows = DataKey.objects.filter(authority_id=authority_id, data_class=data_class, purpose=_INDEX)
    return _cache.current((authority_id, data_class, _INDEX)) is not None or rows.exists()


def search_hasher(
    *, authority_id: UUID, data_class: str, normalise: Callable[[str], str] = plain_form
) -> Callable[[str], bytes]:
    """As `hashed_for_search`, for many values in one transaction."""
    key = _current(authority_id, data_class, _INDEX)
    return lambda text: ciphers.keyed_hash(normalise(text), key)


def rotate(authority_id: UUID, data_class: str, *, now: datetime) -> DataKey:
    """A new key for what is written from now on. What is there stays readable; `reseal` moves it over.

    Other processes follow within `cache.SECONDS`. The search key stays: it has to find old rows too.
    """
    with acting_for(authority_id), transaction.atomic():
        current = DataKey.objects.select_for_update().filter(
            authority_id=authority_id, data_class=data_class, purpose=_SEAL, retired_at=None
        )
        current.update(retired_at=now)
        key = _new(authority_id, data_class, _SEAL, started_at=now)
        key.save(force_insert=True)
        _cache.hold_back(key.id)
        _cache.forget()
        transaction.on_commit(_cache.forget)
    return key


def rewrap(authority_id: UUID) -> int:
    """Puts all of an authority's data keys under the newest master key; returns how many were moved.

    Once every authority is done, the old master key may go (backups made before still need it).
    """
    ring = key_ring()
    with acting_for(authority_id), transaction.atomic():
        rows = DataKey.objects.select_for_update().filter(authority_id=authority_id, destroyed_at=None)
        stale = list(rows.exclude(master=ring.current))
        for row in stale:
            row.wrapped = ciphers.wrap(_open(row), ring.master(ring.current))
            row.master = ring.current
        DataKey.objects.bulk_update(stale, ["wrapped", "master"])
    return len(stale)


def forget_opened_keys() -> None:
    """Drops the opened keys from this process's memory."""
    _cache.forget()


def _current(authority_id: UUID, data_class: str, purpose: str) -> Key:
    _check_acting(authority_id)
    name = (authority_id, data_class, purpose)
    key = _cache.current(name)
    if key is None:
        wanted = DataKey.objects.filter(
            authority_id=authority_id, data_class=data_class, purpose=purpose, retired_at=None
        )
        row = wanted.first()
        if row is None:
            _make_first(authority_id, data_class, purpose)
            row = wanted.get()
        key = _open(row)
        _cache.keep(key, current_for=name)
    return key


def _by_id(key_id: UUID, authority_id: UUID) -> Key:
    _check_acting(authority_id)
    key = _cache.by_id(key_id)
    if key is None:
        row = DataKey.objects.filter(id=key_id, authority_id=authority_id).first()
        if row is None:
            raise KeyLost(f"The data key {key_id} is not among this authority's keys: its row is lost.")
        key = _open(row)
        _cache.keep(key)
    if key.authority_id != authority_id:
        raise NoAuthority("this value belongs to another authority")
    return key


def _make_first(authority_id: UUID, data_class: str, purpose: str) -> None:
    """Two processes may do so at once: the constraint lets one win, and both go on with that one."""
    _check_ring_is_whole(authority_id)
    key = _new(authority_id, data_class, purpose)
    DataKey.objects.bulk_create([key], ignore_conflicts=True)
    # Until this transaction commits the key may yet vanish; nothing outside it may be sealed under it.
    _cache.hold_back(key.id)
    transaction.on_commit(lambda: _cache.release(key.id))


def _check_ring_is_whole(authority_id: UUID) -> None:
    """A ring that lost its keys would otherwise grow a new one and hide the loss until somebody reads."""
    ring = key_ring()
    for master in DataKey.objects.filter(authority_id=authority_id, destroyed_at=None).values_list(
        "master", flat=True
    ):
        ring.master(master)


def _new(authority_id: UUID, data_class: str, purpose: str, *, started_at: datetime | None = None) -> DataKey:
    ring = key_ring()
    key = Key(new_id(), authority_id, data_class, ciphers.new_secret())
    row = DataKey(
        id=key.id,
        authority_id=authority_id,
        data_class=data_class,
        purpose=purpose,
        wrapped=ciphers.wrap(key, ring.master(ring.current)),
        master=ring.current,
    )
    if started_at is not None:
        row.started_at = started_at
    return row


def _open(row: DataKey) -> Key:
    if row.destroyed_at is not None:
        raise KeyDestroyed(f"The key of this value was destroyed at {row.destroyed_at:%Y-%m-%d %H:%M} UTC.")
    unopened = Key(row.id, row.authority_id, row.data_class, b"")
    return ciphers.unwrap(bytes(row.wrapped), unopened, key_ring().master(row.master))


def _check_acting(authority_id: UUID) -> None:
    if current_authority() != authority_id:
        raise NoAuthority("sealed values are handled inside acting_for(their authority) only")
