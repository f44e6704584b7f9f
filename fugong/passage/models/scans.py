"""Every scan, whatever the answer was, and what is counted of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.finding import CODE_POINTS
from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.passage.choices import DATA_CLASS, PlateKind


class Scan(models.Model):
    """A row as the gate process writes it: added, never changed. A partition a day, by `at`.

    Sent again it has the same gate, moment and nonce, and is stored once. `at` is when the device scanned,
    `received_at` when the server had it; where the two cannot both be right the flag MISDATED says so.
    `subject` is the person, the visit or the vehicle pass, as `subject_kind` says; empty: nobody known.
    """

    pk = models.CompositePrimaryKey("authority_id", "gate", "at", "nonce")
    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    gate = models.IntegerField()
    at = models.DateTimeField()
    nonce = models.BigIntegerField()
    received_at = models.DateTimeField()
    device = models.UUIDField()
    subject = models.UUIDField(null=True)
    subject_kind = models.SmallIntegerField()
    way = models.SmallIntegerField()
    direction = models.SmallIntegerField()
    answer = models.SmallIntegerField()
    reason = models.SmallIntegerField()
    flags = models.SmallIntegerField()
    temperature = models.SmallIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "passage_scan"
        verbose_name = _("passage")
        verbose_name_plural = _("passages")


class ScanCount(models.Model):
    """How many scans of a gate in an hour had an answer: kept by the writer, in the scans' own statement."""

    pk = models.CompositePrimaryKey("authority_id", "gate", "hour", "direction", "answer", "subject_kind")
    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    gate = models.IntegerField()
    hour = models.DateTimeField()
    direction = models.SmallIntegerField()
    answer = models.SmallIntegerField()
    subject_kind = models.SmallIntegerField()
    scans = models.BigIntegerField()

    class Meta:
        db_table = "passage_count"
        verbose_name = _("count of passages")
        verbose_name_plural = _("counts of passages")
        indexes = [models.Index(fields=["authority", "hour"], name="passage_count_by_hour")]


class Tally(models.Model):
    """What one statement of the gate process counted, until it is added to its hours a second later."""

    id = models.BigAutoField(primary_key=True)
    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    gates = ArrayField(models.IntegerField())
    hours = ArrayField(models.DateTimeField())
    directions = ArrayField(models.SmallIntegerField())
    answers = ArrayField(models.SmallIntegerField())
    kinds = ArrayField(models.SmallIntegerField())
    scans = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "passage_tally"
        verbose_name = _("count of one statement")
        verbose_name_plural = _("counts of statements")


class Crossing(TenantModel):
    """One vehicle at a checkpoint with the people in it. Sent again, it has the same nonce and is kept once.

    The vehicle and each person have their own scan beside it; `people` counts all, known or not. `travellers`
    (sealed JSON) says of those without a file here what the desk took down.
    """

    authority = indexed_otherwise()
    gate = models.IntegerField()
    at = models.DateTimeField()
    nonce = models.BigIntegerField()
    received_at = models.DateTimeField()
    device = models.UUIDField(null=True)
    direction = models.SmallIntegerField()
    plate = models.CharField(_("plate"), max_length=12, db_collation=CODE_POINTS)
    plate_kind = models.CharField(max_length=12, choices=PlateKind.choices)
    vehicle_pass = models.ForeignKey(
        "passage.VehiclePass", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    people = models.PositiveSmallIntegerField()
    origin = models.CharField(_("from where"), max_length=6, blank=True, db_collation=CODE_POINTS)
    answer = models.SmallIntegerField()
    reason = models.SmallIntegerField()
    travellers = SealedField(blank=True, data_class=DATA_CLASS)
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("crossing")
        verbose_name_plural = _("crossings")
        constraints = [
            models.UniqueConstraint(fields=["authority", "gate", "at", "nonce"], name="crossing_once"),
            models.CheckConstraint(condition=Q(people__range=(1, 100)), name="crossing_has_people"),
            models.CheckConstraint(condition=Q(plate_kind__in=PlateKind.values), name="crossing_plate_known"),
        ]
        indexes = [models.Index(fields=["authority", "plate", "-at"], name="crossing_of_plate")]
