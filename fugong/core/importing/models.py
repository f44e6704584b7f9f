"""What the tables of every kind of list have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import Q

from fugong.core.importing.choices import BatchState
from fugong.core.tenancy import TenantModel, indexed_otherwise

KEPT_FOR: Final = timedelta(days=3)


class Batch(TenantModel):
    """One file that was handed in, until it is confirmed, discarded or expired.

    A concrete kind adds `content` (base64, sealed): a large file waits in it for the worker. `failure` is the
    code of why it could not be read or taken over. `swept` says that nothing of it waits to be forgotten.
    """

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.READING)
    headings = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    read_at = models.DateTimeField()
    read_by = models.UUIDField(null=True)
    read_by_name = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    swept = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Row(TenantModel):
    """One row as it was read and judged, by its number in the file.

    A concrete kind adds `batch` and `cells` (JSON, sealed): the row as it stood, for the file of faults.
    `changes` are [before, after] by field, `problems` are [field, code, details].
    """

    authority = indexed_otherwise()
    number = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        abstract = True


def batch_constraints(prefix: str) -> list[models.BaseConstraint]:
    """What holds of every batch, under names of the table's own."""
    return [
        models.CheckConstraint(condition=Q(state__in=BatchState.values), name=f"{prefix}_state_known"),
        models.CheckConstraint(
            condition=Q(confirmed_at__isnull=False) | ~Q(state=BatchState.CONFIRMED),
            name=f"{prefix}_confirmed_at_a_time",
        ),
    ]
