"""The worker's part of long imports. Ids and plain values in, one call down, safe to run twice."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from fugong.accounts.queries import actor_behind
from fugong.core.clock import now as present
from fugong.core.importing.later import AGAIN
from fugong.enterprises import operations
from fugong.enterprises.operations.importing.kind import READ, TAKE_OVER


@app.task(name=READ, retry=AGAIN)
def read_import(authority: str, batch: str, user: str | None, **_later: object) -> None:
    now = present()
    operations.read_import(UUID(batch), actor=actor_behind(authority, user, now=now), now=now)


@app.task(name=TAKE_OVER, retry=AGAIN)
def take_over_import(authority: str, batch: str, user: str | None, **_later: object) -> None:
    now = present()
    operations.take_over(UUID(batch), actor=actor_behind(authority, user, now=now), now=now)
