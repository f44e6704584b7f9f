"""The decisions taken."""

from django.db import models
from django.db.models.functions import Now

from fugong.core.decisions.values import Decision, EvidenceRef, Reason
from fugong.core.tenancy import TenantModel


class DecisionRecord(TenantModel):
    """A decision with who took it and about what. Never changed: a later decision stands beside it."""

    subject_kind = models.CharField(max_length=100)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=100)
    outcome = models.CharField(max_length=60)
    reasons = models.JSONField()
    evidence = models.JSONField()
    playbook_id = models.CharField(max_length=60)
    playbook_version = models.CharField(max_length=40)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "core_decisionrecord"
        indexes = [
            models.Index(
                fields=["authority", "subject_kind", "subject_id", "at"], name="core_decision_by_subject"
            ),
            models.Index(fields=["authority", "kind", "at"], name="core_decision_by_kind"),
        ]

    @property
    def decision(self) -> Decision:
        """The value that was recorded."""
        return Decision(
            kind=self.kind,
            outcome=self.outcome,
            reasons=tuple(Reason.from_json(reason) for reason in self.reasons),
            evidence=tuple(EvidenceRef.from_json(ref) for ref in self.evidence),
            playbook_id=self.playbook_id,
            playbook_version=self.playbook_version,
            at=self.at,
        )
