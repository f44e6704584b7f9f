"""The register: enterprises, their further premises, what was said of them when, the index of their names."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.finding import CODE_POINTS
from fugong.core.sealed import SealedField, SearchHashField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.enterprises.choices import SEE, Industry, Kind, Provenance, SizeClass, Tag


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those in the actor's areas, those it speaks for, and those in its care."""
        ours = self.filter(authority_id=actor.authority_id)
        reach = actor.reach(SEE)
        if reach.everywhere:
            return ours
        return ours.filter(Q(area_id__in=reach.areas) | Q(id__in=actor.single_enterprises))

    def present(self) -> Self:
        return self.filter(left_on=None)


class Enterprise(TenantModel):
    """One enterprise on the register, as it is said to be now; `area` and `address` are its main premises."""

    authority = indexed_otherwise()
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, db_collation=CODE_POINTS)
    name_pinyin = models.CharField(max_length=1000, db_collation=CODE_POINTS)
    name_initials = models.CharField(max_length=200, db_collation=CODE_POINTS)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, db_collation=CODE_POINTS)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ENTERPRISE)
    size_class = models.CharField(_("size class"), max_length=10, choices=SizeClass.choices)
    industry = models.CharField(_("industry"), max_length=1, choices=Industry.choices)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", verbose_name=_("park"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = SealedField(_("contact's telephone"), blank=True)
    contact_phone_hash = SearchHashField(source="contact_phone", normalise="phone")
    normal_staff = models.PositiveIntegerField(_("normal number of staff"))
    normal_capacity = models.CharField(_("normal capacity"), max_length=200, blank=True)
    tags = ArrayField(models.CharField(max_length=30, choices=Tag.choices), default=list, blank=True)
    entered_on = models.DateField(_("in the park since"))
    left_on = models.DateField(_("left the park on"), null=True, blank=True)
    provenance = models.CharField(max_length=10, choices=Provenance.choices, default=Provenance.ENTERED)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "credit_code"],
                name="enterprise_code_once",
                violation_error_message=_("An enterprise with this credit code is on the register already."),
            ),
            models.CheckConstraint(
                condition=Q(credit_code__regex=r"^[0-9A-HJ-NP-RTUW-Y]{18}$"),
                name="enterprise_code_form",
                violation_error_message=_("This is no unified social credit code."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="enterprise_has_name"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="enterprise_kind_known"),
            models.CheckConstraint(
                condition=Q(size_class__in=SizeClass.values), name="enterprise_size_known"
            ),
            models.CheckConstraint(
                condition=Q(industry__in=Industry.values), name="enterprise_industry_known"
            ),
            models.CheckConstraint(condition=Q(tags__contained_by=Tag.values), name="enterprise_tags_known"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("entered_on")),
                name="enterprise_period_forward",
                violation_error_message=_("An enterprise cannot leave before it entered."),
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "name_pinyin"], name="enterprise_by_name"),
            models.Index(fields=["authority", "name_key"], name="enterprise_same_name"),
            models.Index(fields=["authority", "area", "name_pinyin"], name="enterprise_of_area"),
        ]

    def __str__(self) -> str:
        return self.name


class Premises(TenantModel):
    """A further place where an enterprise works; it is counted where its main premises are."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="premises")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", verbose_name=_("park"))
    address = models.CharField(_("address"), max_length=300)
    since_on = models.DateField(_("used since"))
    until_on = models.DateField(_("used until"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("premises")
        verbose_name_plural = _("premises")
        ordering = ["since_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="premises_period_forward"
            ),
        ]


class RegisterEvent(TenantModel):
    """What the register said of an enterprise from `at` on; rows are only added: old figures recompute.

    A correction of the past is a later row with the same `at`.
    """

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    is_present = models.BooleanField()
    name = models.CharField(max_length=200)
    credit_code = models.CharField(max_length=18)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    size_class = models.CharField(max_length=10, choices=SizeClass.choices)
    industry = models.CharField(max_length=1, choices=Industry.choices)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["authority", "enterprise", "-at", "-recorded_at", "-id"], name="register_event_latest"
            ),
        ]


class NameGram(models.Model):
    """That two neighbouring characters stand in an enterprise's name; a name's last character stands alone.

    Row-level security lets only leakproof comparisons use an index, and `like` is none: so names are found by
    equality. Written by `operations.grams` from `Enterprise.name_key`; no foreign keys, which would cost an
    import more than the rows themselves.
    """

    pk = models.CompositePrimaryKey("authority_id", "gram", "enterprise_id")
    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    gram = models.CharField(max_length=2, db_collation=CODE_POINTS)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
