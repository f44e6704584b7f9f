"""Opened data keys in this process's memory, for a short while."""

import time
from threading import Lock
from uuid import UUID

from fugong.core.sealed.ciphers import Key

SECONDS = 60.0
"""How long a process may go on with a key that another one has retired or destroyed."""

Name = tuple[UUID, str, str]


class KeyCache:
    """Never keeps a key whose row is not committed: after a rollback, what it sealed would be lost."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._keys: dict[UUID, tuple[Key, float]] = {}
        self._current: dict[Name, UUID] = {}
        self._held_back: set[UUID] = set()

    def by_id(self, key_id: UUID) -> Key | None:
        with self._lock:
            key, until = self._keys.get(key_id, (None, 0.0))
            return key if until > time.monotonic() else None

    def current(self, name: Name) -> Key | None:
        key_id = self._current.get(name)
        return self.by_id(key_id) if key_id else None

    def keep(self, key: Key, *, current_for: Name | None = None) -> None:
        with self._lock:
            if key.id in self._held_back:
                return
            self._keys[key.id] = (key, time.monotonic() + SECONDS)
            if current_for is not None:
                self._current[current_for] = key.id

    def hold_back(self, key_id: UUID) -> None:
        """Until `release`: the key's row exists in an open transaction only."""
        with self._lock:
            self._held_back.add(key_id)

    def release(self, key_id: UUID) -> None:
        with self._lock:
            self._held_back.discard(key_id)

    def forget(self) -> None:
        with self._lock:
            self._keys.clear()
            self._current.clear()
