"""The authority's keys for codes, and what they were used for: phones and cards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.tenancy import TenantModel, indexed_otherwise


class CodeKey(TenantModel):
    """`number` stands in each code. The private half, which signs and from which MACs derive, is a file
    (`core.signing`) named by `signing`. The newest without `retired_at` is in use. Nothing that one with
    `withdrawn_at` has signed is good any more.
    """

    authority = indexed_otherwise()
    number = models.PositiveSmallIntegerField()
    signing = models.CharField(max_length=16)
    public = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("key of codes")
        verbose_name_plural = _("keys of codes")
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="codekey_number_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 255)), name="codekey_number_in_a_byte"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(retired_at__isnull=False),
                name="codekey_withdrawn_not_in_use",
            ),
        ]


class PhoneCode(TenantModel):
    """That a phone may show a live code until `valid_until`; `device` (4 bytes) stands in the code."""

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    phone = models.UUIDField()
    device = models.BinaryField(max_length=4)
    key = models.ForeignKey(CodeKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    public = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("code of a phone")
        verbose_name_plural = _("codes of phones")
        constraints = [
            models.UniqueConstraint(fields=["authority", "person", "device"], name="phonecode_device_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("issued_at")), name="phonecode_period_forward"
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "phone", "-issued_at"], name="phonecode_of_phone"),
            models.Index(
                fields=["authority", "valid_until"],
                condition=Q(revoked_at__isnull=False),
                name="phonecode_revoked",
            ),
        ]


class Card(TenantModel):
    """A printed code for somebody without a phone; `serial` stands in the code and is what is revoked."""

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    serial = models.PositiveIntegerField()
    key = models.ForeignKey(CodeKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    issued_by_name = models.CharField(max_length=200, blank=True)
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.UniqueConstraint(fields=["authority", "serial"], name="card_serial_once"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_at")), name="card_period_forward"),
        ]
        indexes = [
            models.Index(fields=["authority", "person", "-issued_at"], name="card_of_person"),
            models.Index(
                fields=["authority", "valid_until"],
                condition=Q(revoked_at__isnull=False),
                name="card_revoked",
            ),
        ]
