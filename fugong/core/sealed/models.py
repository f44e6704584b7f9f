"""The data keys, each wrapped by a master key that is not in the database."""

from django.db import models
from django.db.models.functions import Now

from fugong.core.tenancy import TenantModel


class DataKey(TenantModel):
    """One key for one authority's data of one class, from one rotation to the next.

    Destroying it (an empty `wrapped`) destroys every value still sealed under it, in backups too.
    """

    class Purpose(models.TextChoices):
        SEAL = "seal"
        INDEX = "index"

    data_class = models.CharField(max_length=40)
    purpose = models.CharField(max_length=5, choices=Purpose.choices)
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16)
    started_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_datakey"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "data_class", "purpose"],
                condition=models.Q(retired_at=None),
                name="core_datakey_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(destroyed_at=None) | models.Q(wrapped=b"", retired_at__isnull=False),
                name="core_datakey_destroyed_is_gone",
            ),
        ]
