"""The four tables of the trail. Rows of three are never changed; the fourth is a queue."""

from django.db import models
from django.db.models.functions import Now

from fugong.core.tenancy import TenantModel


class AuditEntry(TenantModel):
    """One thing that was done: by whom, to what, when it happened and when it was stored.

    `at` is the operation's time; `recorded_at` is the database's own clock, which no caller chooses.
    """

    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    changes = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "core_auditentry"
        indexes = [
            models.Index(fields=["authority", "-at", "-id"], name="core_audit_by_time"),
            models.Index(
                fields=["authority", "subject_kind", "subject_id", "-at"], name="core_audit_by_subject"
            ),
            models.Index(fields=["authority", "actor_id", "-at"], name="core_audit_by_actor"),
            models.Index(fields=["authority", "action", "-at"], name="core_audit_by_action"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject_kind="", subject_id="")
                | (~models.Q(subject_kind="") & ~models.Q(subject_id="")),
                name="core_audit_subject_is_whole",
            ),
        ]


class AuditPending(models.Model):
    """An entry that waits for the sealer. A trigger adds it with the entry; the sealer takes it away.

    Membership, not an order of ids, says what is unsealed: a transaction that commits late is still found,
    and a database restored elsewhere goes on where it stood.
    """

    entry = models.OneToOneField(
        AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )
    authority = models.ForeignKey("areas.Authority", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "core_auditpending"


class AuditLink(models.Model):
    """An entry's place in its authority's chain: `hash` covers the entry and the hash of the link before."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="+")
    authority = models.ForeignKey("areas.Authority", on_delete=models.PROTECT, related_name="+")
    position = models.BigIntegerField()
    entry_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "core_auditlink"
        constraints = [
            models.UniqueConstraint(fields=["authority", "position"], name="core_auditlink_one_place"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="core_auditlink_from_one"),
        ]


class AuditSeal(TenantModel):
    """One run of the sealer: the links it added, and a check under a key that the database does not hold."""

    number = models.BigIntegerField()
    first_position = models.BigIntegerField()
    last_position = models.BigIntegerField()
    count = models.IntegerField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()
    mac = models.BinaryField()
    mac_key = models.CharField(max_length=16)

    class Meta:
        db_table = "core_auditseal"
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="core_auditseal_one_number"),
            models.UniqueConstraint(fields=["authority", "first_position"], name="core_auditseal_one_start"),
            models.CheckConstraint(
                condition=models.Q(
                    count=models.F("last_position") - models.F("first_position") + 1, count__gte=1
                ),
                name="core_auditseal_counts",
            ),
        ]
