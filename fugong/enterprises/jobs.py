"""The worker's part of long imports. Ids and plain values in, one call down, safe to run twice."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fugong.accounts import queries as accounts
from fugong.core.actor import Actor, system_actor
from fugong.core.clock import now as present
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations
from fugong.enterprises.operations.importing.kind import READ, TAKE_OVER

# A bulletin composed at the very moment an import begins sends it away; a little later it goes through.
AGAIN = RetryStrategy(max_attempts=5, wait=3)


@app.task(name=READ, retry=AGAIN)
def read_import(authority: str, batch: str, user: str | None, **_later: object) -> None:
    operations.read_import(UUID(batch), actor=_actor(authority, user), now=present())


@app.task(name=TAKE_OVER, retry=AGAIN)
def take_over_import(authority: str, batch: str, user: str | None, **_later: object) -> None:
    operations.take_over(UUID(batch), actor=_actor(authority, user), now=present())


def _actor(authority: str, user: str | None) -> Actor:
    """The person as he or she may act now: who lost a role since asking does nothing any more."""
    system = system_actor(UUID(authority), "import")
    if user is None:
        return system
    with acting_for(system.authority_id):
        return accounts.actor_of(accounts.get_user(UUID(user), actor=system), now=present())
