"""How people register themselves: the enterprise's code on the wall, and what was sent by it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from fugong.core.finding import CODE_POINTS
from fugong.core.sealed import SealedField, SearchHashField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import DATA_CLASS, Refusal, RegistrationState
from fugong.people.models.devices import Device
from fugong.people.models.people import Person


def _bytes_in(column: str) -> models.Func:
    """How long a sealed value is: that much may be asked of it without its key."""
    return models.Func(F(column), function="octet_length", output_field=models.IntegerField())


WAITING = Q(state=RegistrationState.WAITING)


class RegistrationCode(TenantModel):
    """What the QR code on an enterprise's poster holds, until it is renewed or its last day is over.

    `key` is no secret: it hangs on a wall. Who has it may hand in a registration, and no more.
    """

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.CharField(max_length=48, db_collation=CODE_POINTS)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    opened_by_name = models.CharField(max_length=200, blank=True)
    ends_on = models.DateField(_("open until"))
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("registration code")
        verbose_name_plural = _("registration codes")
        constraints = [
            models.UniqueConstraint(fields=["authority", "key"], name="registration_code_key_once"),
            models.UniqueConstraint(
                fields=["authority", "enterprise"],
                condition=Q(closed_at=None),
                name="registration_code_one_open",
                violation_error_message=_("Another code was made at this very moment. Load the page again."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="registration_code_period_forward",
            ),
        ]


class SelfRegistration(TenantModel):
    """What somebody gave of himself or herself from a phone: nothing is known of it until it is confirmed.

    `said` holds the rest of what was given, as JSON. Both are emptied when it was refused or nobody confirmed
    it in time; a confirmed one keeps them as the source of the file.
    """

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    code = models.ForeignKey(RegistrationCode, on_delete=models.PROTECT, related_name="+", db_index=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+", db_index=False)
    document = SealedField(blank=True, data_class=DATA_CLASS)
    document_hash = SearchHashField(source="document", normalise="code")
    said = SealedField(blank=True, data_class=DATA_CLASS)
    consent_version = models.CharField(max_length=20)
    consented_at = models.DateTimeField()
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=RegistrationState.choices, default=RegistrationState.WAITING
    )
    is_elsewhere = models.BooleanField(default=False)
    """The person works at another enterprise, found out when somebody wanted to confirm."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    refusal = models.CharField(max_length=20, choices=Refusal.choices, blank=True)

    class Meta:
        verbose_name = _("self-registration")
        verbose_name_plural = _("self-registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "device"], condition=WAITING, name="self_registration_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="self_registration_state_known"
            ),
            models.CheckConstraint(
                condition=(WAITING & Q(decided_at=None)) | (~WAITING & Q(decided_at__isnull=False)),
                name="self_registration_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.CONFIRMED, person__isnull=False)
                | (~Q(state=RegistrationState.CONFIRMED) & Q(person=None)),
                name="self_registration_person_when_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RegistrationState.REFUSED, RegistrationState.EXPIRED])
                | (Q(Exact(_bytes_in("document"), 0)) & Q(Exact(_bytes_in("said"), 0))),
                name="self_registration_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.REFUSED, refusal__in=Refusal.values)
                | (~Q(state=RegistrationState.REFUSED) & Q(refusal="")),
                name="self_registration_refused_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "enterprise", "given_at", "id"],
                condition=WAITING,
                name="self_registration_waiting",
            ),
            models.Index(fields=["authority", "expires_at"], condition=WAITING, name="self_registration_due"),
            models.Index(fields=["authority", "device", "-given_at"], name="self_registration_of_device"),
            models.Index(fields=["authority", "person"], name="self_registration_of_person"),
        ]
