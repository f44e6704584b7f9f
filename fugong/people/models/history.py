"""What else belongs to a person's history."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import DATA_CLASS, HistoryKind, Way
from fugong.people.models.people import Person


class HistoryEntry(TenantModel):
    """A dose, a contact or a commitment, as somebody said it. Never changed: a correction stands beside it.

    `replaces` is the row that this one corrects; one that `is_taken_back` says that there was no such thing.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=HistoryKind.choices)
    on = models.DateField()
    detail = SealedField(_("what"), blank=True, data_class=DATA_CLASS)
    number = models.CharField(max_length=40, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="+", null=True)
    is_taken_back = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=Way.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("entry of the history")
        verbose_name_plural = _("entries of the history")
        ordering = ["-on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HistoryKind.values), name="history_kind_known"),
            models.CheckConstraint(
                condition=Q(is_taken_back=False) | Q(replaces__isnull=False),
                name="history_taken_back_was_said",
            ),
        ]
        indexes = [models.Index(fields=["authority", "person", "-on"], name="history_of_person")]
