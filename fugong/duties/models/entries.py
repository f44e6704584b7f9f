"""The lines of a roll: one for each person, with what the database itself holds about them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.duties.choices import EntryExcuse, Outcome
from fugong.duties.models.duties import Duty
from fugong.duties.rules import Ending, outcome_of

OPEN = Q(done_at__isnull=True, withdrawn_at__isnull=True)
STANDING = Q(withdrawn_at__isnull=True) | ~Q(excuse="")
"""Not withdrawn: open, done or excused. Whoever stands on a roll is not put on it, or another one, again."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def open(self) -> Self:
        return self.filter(OPEN)

    def standing(self) -> Self:
        return self.filter(STANDING)

    def begun(self, now: datetime) -> Self:
        return self.filter(duty__opened_at__lte=now)


class Entry(TenantModel):
    """One person's line in a roll, until it is done, excused or withdrawn. `kind` and `period` are the
    roll's: by them a report finds the line without knowing whose roll it stands on.
    """

    authority = indexed_otherwise()
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=64)
    period = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    label = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    excuse = models.CharField(max_length=32, choices=EntryExcuse.choices, blank=True, default="")
    excuse_note = models.CharField(max_length=500, blank=True, default="")
    recorded_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a roll")
        verbose_name_plural = _("entries of rolls")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "period", "subject_id"],
                condition=STANDING,
                name="entry_once",
                violation_error_message=_("This person stands on a roll already."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(withdrawn_at__isnull=True), name="entry_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(excuse="", excuse_note="")
                | (Q(withdrawn_at__isnull=False) & ~Q(excuse="") & ~Q(excuse_note="")),
                name="entry_excuse_is_full",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "duty", "label", "id"], name="entry_of_roll"),
            models.Index(fields=["authority", "subject_id", "kind", "period"], name="entry_of_person"),
        ]

    @property
    def outcome(self) -> Outcome:
        return outcome_of(Ending(self.done_at, self.withdrawn_at, excused=bool(self.excuse)))
