"""The person, and the index by which names are found."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.finding import CODE_POINTS
from fugong.core.sealed import SealedField, SearchHashField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import DATA_CLASS, SEE, DocumentKind, Way


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those employed now where the actor may look: in its areas, by its enterprise, in its care.

        A worker on its own phone sees its own file, wherever employed. Without files that were merged into
        others: what they say is read with the file that was kept.
        """
        ours = self.filter(authority_id=actor.authority_id, merged_into=None)
        if actor.person_id is not None:
            return ours.filter(id=actor.person_id)
        reach = actor.reach(SEE)
        if reach.everywhere:
            return ours
        cared_for = actor.enterprises | actor.cared_for
        return ours.filter(Q(enterprise__area_id__in=reach.areas) | Q(enterprise_id__in=cared_for))


class Person(TenantModel):
    """One person, once in an authority. `enterprise` is where he or she is employed now, if anywhere.

    `merged_into` is another file of the same person, which is the one in use; this one is then employed
    nowhere.

    Identity and telephone are sealed; `document_hash` finds the same number however it is spelt.
    `travel` copies what stands of the stays, so that the facts of many people need no second query.
    """

    authority = indexed_otherwise()
    name = models.CharField(_("name"), max_length=60)
    name_key = models.CharField(max_length=60, db_collation=CODE_POINTS)
    name_pinyin = models.CharField(max_length=400, db_collation=CODE_POINTS)
    name_initials = models.CharField(max_length=60, db_collation=CODE_POINTS)
    document_kind = models.CharField(_("document"), max_length=20, choices=DocumentKind.choices)
    document = SealedField(_("number of the document"), data_class=DATA_CLASS)
    document_hash = SearchHashField(source="document", normalise="code")
    phone = SealedField(_("telephone"), blank=True, data_class=DATA_CLASS)
    phone_hash = SearchHashField(source="phone", normalise="phone")
    home_region = models.CharField(_("home region"), max_length=6, blank=True, db_collation=CODE_POINTS)
    lodging = models.CharField(_("present lodging"), max_length=200, blank=True)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    travel = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    way = models.CharField(max_length=10, choices=Way.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "document_hash"],
                name="person_document_once",
                violation_error_message=_("Somebody with this document has a file already."),
            ),
            models.CheckConstraint(
                condition=Q(document_kind__in=DocumentKind.values), name="person_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(enterprise=None), name="person_merged_works_nowhere"
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="person_way_known"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=Q(home_region="") | Q(home_region__regex=r"^[0-9]{6}$"), name="person_region_form"
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "name_pinyin", "id"], name="person_by_name"),
            models.Index(
                fields=["authority", "enterprise", "name_pinyin", "id"], name="person_of_enterprise"
            ),
            models.Index(fields=["authority", "phone_hash"], name="person_by_phone"),
            models.Index(fields=["authority", "home_region"], name="person_by_region"),
            models.Index(
                fields=["authority", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="person_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonGram(models.Model):
    """That two neighbouring characters, or letters of the initials, stand in a person's name.

    As `enterprises.NameGram`; pairs of initials carry a mark before them and are found in the same index.
    """

    pk = models.CompositePrimaryKey("authority_id", "gram", "person_id")
    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    gram = models.CharField(max_length=3, db_collation=CODE_POINTS)
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = _("index of names")
        verbose_name_plural = _("index of names")
