"""Paper sheets that are typed in: the sheet, and its rows until they are files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.people.choices import DATA_CLASS
from fugong.people.models.people import Person


class PaperSheet(TenantModel):
    """One filled-in sheet of an enterprise: the number written on it, who typed it, and when."""

    authority = indexed_otherwise()
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(_("number of the sheet"), max_length=40)
    starts_on = models.DateField(_("employed from"))
    typed_at = models.DateTimeField()
    typed_by = models.UUIDField(null=True)
    typed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("paper sheet")
        verbose_name_plural = _("paper sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "enterprise", "number"],
                name="paper_sheet_number_once",
                violation_error_message=_("A sheet with this number was begun already."),
            ),
            models.CheckConstraint(condition=~Q(number=""), name="paper_sheet_has_number"),
        ]
        indexes = [
            models.Index(fields=["authority", "enterprise", "-typed_at"], name="paper_sheet_of_enterprise")
        ]


class PaperRow(TenantModel):
    """One row: what was typed, sealed, until it could be kept; then whose file it became."""

    authority = indexed_otherwise()
    sheet = models.ForeignKey(PaperSheet, on_delete=models.PROTECT, related_name="rows", db_index=False)
    place = models.PositiveSmallIntegerField()
    typed = SealedField(blank=True, data_class=DATA_CLASS)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("row of a paper sheet")
        verbose_name_plural = _("rows of a paper sheet")
        constraints = [
            models.UniqueConstraint(fields=["authority", "sheet", "place"], name="paper_row_place_once"),
        ]
        indexes = [models.Index(fields=["authority", "person"], name="paper_row_of_person")]
