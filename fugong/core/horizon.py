"""The horizon: up to it the record of an authority is settled, so that what was counted from it stays so.

A row says when it was recorded by the time at which its operation began. One that began before a bulletin
and commits after it would belong to the bulletin and not be in it; here the two are put in order. The
reasoning is in docs/adr/0009-known-at.md.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, models
from django.utils.translation import gettext_lazy as _
from psycopg.errors import LockNotAvailable

from fugong.core.refusals import Conflict


class Horizon(models.Model):
    """Nothing is recorded in this authority at or before `known_at` any more."""

    authority = models.OneToOneField(
        "areas.Authority", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    known_at = models.DateTimeField()

    class Meta:
        app_label = "core"
        db_table = "core_horizon"


class Overtaken(Conflict):
    """The record was settled after this operation took its time. With a later time it goes through."""


def wait(authority_id: UUID) -> None:
    """Returns when nobody is settling. Whoever takes the time after this is hardly ever overtaken."""
    _call("core_wait_v1", authority_id)


def join(authority_id: UUID, *, now: datetime) -> None:
    """Announces a writer until its transaction ends. Raises Overtaken when all is settled up to `now`."""
    _check(_call("core_join_v1", authority_id), now)


def settle(authority_id: UUID, *, now: datetime) -> None:
    """Settles the record up to `now`, when all writers under way have ended; until the transaction ends new
    ones wait. Raises Overtaken, or Conflict when a writer takes longer than five seconds.
    """
    try:
        before = _call("core_settle_v1", authority_id, now)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        message = _("Somebody's long entry is being stored. Try again when it has ended.")
        raise Conflict(message, code="writers_under_way") from error
    _check(before, now)


def _check(settled: datetime | None, now: datetime) -> None:
    if settled is not None and now <= settled:
        message = _("A bulletin was composed at this very moment. Send it again.")
        raise Overtaken(message, code="overtaken")


def _call(function: str, *arguments: UUID | datetime) -> datetime | None:
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({places})", arguments)
        found: datetime | None = cursor.fetchone()[0]
    return found
