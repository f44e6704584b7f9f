"""The row of a stored file."""

from django.db import models
from django.db.models.functions import Now

from fugong.core.files.kinds import FileKind
from fugong.core.tenancy import TenantModel


class StoredFile(TenantModel):
    """A file as it is kept. `original_sha256` is of what was handed in: pictures are rewritten."""

    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=100, choices=FileKind.choices)
    purpose = models.CharField(max_length=60)
    data_class = models.CharField(max_length=40)
    uploaded_by = models.UUIDField(null=True)
    uploaded_by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "core_storedfile"
        indexes = [models.Index(fields=["authority", "sha256"], name="core_storedfile_by_hash")]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="core_storedfile_not_empty"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$", original_sha256__regex="^[0-9a-f]{64}$"),
                name="core_storedfile_hashes",
            ),
        ]
