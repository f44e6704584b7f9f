"""What the reviewers say: steps with opinions, what must be corrected, and the conditions of an approval."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from fugong.core.bilingual import in_language
from fugong.core.tenancy import TenantModel
from fugong.resumption.choices import PointKind, StepState
from fugong.resumption.models.applications import Application

SPOKEN = [StepState.AGREED, StepState.RETURNED, StepState.REFUSED]


class Step(TenantModel):
    """One opinion of one round. Names are those of the playbook at submission; `permission` says who may give
    it.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    body = models.CharField(max_length=64, blank=True)
    permission = models.CharField(max_length=64)
    after = ArrayField(models.CharField(max_length=64), default=list)
    needs_visit = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=StepState.choices, default=StepState.WAITING)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    decided_by_name = models.CharField(max_length=80, blank=True)
    opinion = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_step"
        ordering = ["application_id", "round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "round", "key"], name="step_once"),
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="step_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=SPOKEN, decided_at__isnull=False) & ~Q(decided_by_name="")
                | ~Q(state__in=SPOKEN) & Q(decided_at=None, decided_by=None, decided_by_name=""),
                name="step_decided_by_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.OPEN) | Q(opened_at__isnull=False), name="step_open_is_dated"
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "permission"], condition=Q(state=StepState.OPEN), name="step_queue"
            )
        ]

    @property
    def name(self) -> str:
        """A step the playbook does not name is the chance to object to a filing."""
        return in_language(self.name_zh, self.name_en) or gettext("Objection to the filing")


class Remark(TenantModel):
    """Something the enterprise has to correct, pointed at by name; append-only."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remarks")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="remarks")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=PointKind.choices)
    key = models.CharField(max_length=130)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_remark"
        ordering = ["at", "id"]


class Condition(TenantModel):
    """A condition of an approval, for this one enterprise (one enterprise, one plan).

    One of the playbook's plan stands here in both languages, one of the reviewer's own as it was written.
    `done_`: what the enterprise says of it; `fulfilled_`: what somebody has seen.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=500)
    text_en = models.TextField(blank=True, default="")
    until = models.DateField(null=True)
    fulfilled_at = models.DateTimeField(null=True)
    fulfilled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    fulfilled_by_name = models.CharField(max_length=80, blank=True)
    fulfilled_note = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    done_by_name = models.CharField(max_length=80, blank=True, default="")
    done_note = models.CharField(max_length=500, blank=True, default="")
    sent_back_note = models.CharField(max_length=500, blank=True, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_condition"
        ordering = ["application_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="condition_once"),
            models.CheckConstraint(
                condition=Q(fulfilled_at=None, fulfilled_by_name="")
                | Q(fulfilled_at__isnull=False) & ~Q(fulfilled_by_name=""),
                name="condition_fulfilled_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by_name="", done_note="")
                | Q(done_at__isnull=False) & ~Q(done_by_name="") & ~Q(done_note=""),
                name="condition_done_by_when_and_how",
            ),
        ]

    @property
    def wording(self) -> str:
        return in_language(self.text, self.text_en)
