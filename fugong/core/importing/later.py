"""What takes longer than a person should wait is left to the worker: queued in this transaction."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fugong.core.actor import Actor
from fugong.core.importing.models import Batch

AT_ONCE: Final = 2_000
"""Rows that are read or taken over while the person waits: about a second."""

LARGE: Final = 1024 * 1024
"""Bytes of a file that the person does not wait for at all: the worker opens it."""


# A bulletin composed at the very moment an import begins sends it away; a little later it goes through.
AGAIN: Final = RetryStrategy(max_attempts=5, wait=3)


def defer(task: str, batch: Batch, *, actor: Actor) -> None:
    """By the task's name: the jobs lie above and are not known here."""
    user = str(actor.user_id) if isinstance(actor.user_id, UUID) else None
    ids = {"authority": str(batch.authority_id), "batch": str(batch.id), "user": user}
    app.configure_task(task, allow_unknown=True, lock=f"import {batch.id}").defer(**ids)
