"""A list that was taken out, and each time its file was fetched."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise


class ListExport(TenantModel):
    """A file made for one receiver. `content` is emptied when its hours are over; the rest tells of it.

    `key` is what the mark in the data follows from: whoever reads it could make a file speak of another.
    """

    authority = indexed_otherwise()
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=100)
    reason = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    in_full = models.BooleanField(default=False)
    key = models.BinaryField()
    content = SealedField(blank=True, data_class="export")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        app_label = "core"
        db_table = "core_listexport"
        indexes = [models.Index(fields=["authority", "expires_at"], name="list_export_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="list_export_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="list_export_has_reason"),
        ]


class ListDownload(TenantModel):
    """That the receiver fetched the file."""

    authority = indexed_otherwise()
    export = models.ForeignKey(ListExport, on_delete=models.PROTECT, related_name="downloads", db_index=False)
    at = models.DateTimeField()

    class Meta:
        app_label = "core"
        db_table = "core_listdownload"
        indexes = [models.Index(fields=["authority", "export"], name="list_download_of_export")]
