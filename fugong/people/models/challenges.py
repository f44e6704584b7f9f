"""What a person says against an entry of the own file, and what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import DATA_CLASS, Answer, Entry
from fugong.people.models.people import Person

ANSWERED = Q(answered_at__isnull=False, answered_at__gte=F("given_at"), outcome__in=Answer.values)


class Challenge(TenantModel):
    """A note that stands beside an entry for good. Both texts are sealed: they speak of somebody."""

    authority = indexed_otherwise()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="challenges", db_index=False)
    entry = models.CharField(_("entry"), max_length=20, choices=Entry.choices)
    said = SealedField(_("what is wrong"), data_class=DATA_CLASS)
    given_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer = SealedField(_("answer"), data_class=DATA_CLASS, null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        constraints = [
            models.CheckConstraint(condition=Q(entry__in=Entry.values), name="challenge_entry_known"),
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | ANSWERED, name="challenge_answered_in_full"
            ),
        ]
        indexes = [models.Index(fields=["authority", "person", "-given_at"], name="challenge_of_person")]
