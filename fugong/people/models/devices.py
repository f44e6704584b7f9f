"""The phone by which a person is known, without an account."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import Bond, PhoneEnd
from fugong.people.models.people import Person

NOT_YET = Q(person=None, confirmed_at=None, bond="")
BOUND = Q(person__isnull=False, confirmed_at__isnull=False, bond__in=Bond.values)


class Device(TenantModel):
    """One person on one phone, by a token that lies in the phone's cookie and is kept here as a hash.

    A phone that two people share holds two tokens, and has two rows. Nobody's until the enterprise has
    confirmed the registration that was sent from it.
    """

    authority = indexed_otherwise()
    token_hash = models.BinaryField(max_length=32, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    bond = models.CharField(max_length=10, choices=Bond.choices, blank=True)
    opened_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=10, choices=PhoneEnd.choices, blank=True)

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        constraints = [
            models.UniqueConstraint(fields=["authority", "token_hash"], name="device_token_once"),
            models.UniqueConstraint(
                fields=["authority", "person"],
                condition=Q(ended_at=None),
                name="device_one_of_a_person",
                violation_error_message=_("This person has another phone; end that first."),
            ),
            models.CheckConstraint(condition=NOT_YET | BOUND, name="device_confirmed_in_full"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=PhoneEnd.values),
                name="device_ended_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["authority", "person", "-opened_at"], name="device_of_person")]
