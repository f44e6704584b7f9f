"""That two files were found to be of one person, or of two."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.models.people import Person


class FileMerge(TenantModel):
    """That `other` is the same person as `kept`, until it was undone. No row of either file moves by it."""

    authority = indexed_otherwise()
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_by_name = models.CharField(max_length=200, blank=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("merge of files")
        verbose_name_plural = _("merges of files")
        indexes = [
            models.Index(fields=["authority", "kept", "-at"], name="merge_of_kept"),
            models.Index(fields=["authority", "other", "-at"], name="merge_of_other"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "other"], condition=Q(undone_at=None), name="merge_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
        ]


class TwoPeople(TenantModel):
    """That two files look alike and are not of one person: nobody is asked again."""

    authority = indexed_otherwise()
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("files found to be of two people")
        verbose_name_plural = _("files found to be of two people")
        constraints = [
            models.UniqueConstraint(fields=["authority", "first", "second"], name="two_people_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="two_people_in_order"),
        ]
        indexes = [models.Index(fields=["authority", "second"], name="two_people_second")]
