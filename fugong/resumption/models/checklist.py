"""What the enterprise gives: answers, files, a signed letter."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.files import Purpose, register_purposes
from fugong.core.files.kinds import DOCUMENTS, IMAGES
from fugong.core.tenancy import TenantModel
from fugong.resumption.choices import (
    EVIDENCE_FILE,
    FILE_PURPOSES,
    VISIT_PHOTO,
    AnswerValue,
    PointKind,
    SignatureKind,
)
from fugong.resumption.models.applications import Application

# Here and not in the app's start: the file store needs its models loaded.
register_purposes(
    [
        Purpose(key=EVIDENCE_FILE, label=FILE_PURPOSES[EVIDENCE_FILE], accepts=IMAGES | DOCUMENTS),
        Purpose(key=VISIT_PHOTO, label=FILE_PURPOSES[VISIT_PHOTO], accepts=IMAGES),
    ]
)


class Answer(TenantModel):
    """The present answer to one checklist item. Earlier answers stand in the audit and in each submission's
    event.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    standard = models.CharField(max_length=64)
    item = models.CharField(max_length=64, blank=True)
    value = models.CharField(max_length=16, choices=AnswerValue.choices)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_answer"
        constraints = [
            models.UniqueConstraint(fields=["application", "standard", "item"], name="answer_once"),
            models.CheckConstraint(condition=Q(value__in=AnswerValue.values), name="answer_value_known"),
        ]


class Evidence(TenantModel):
    """A file for a checklist item or for a paper of the playbook's list. Taken off, it stays
    in the record.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=8, choices=PointKind.choices)
    key = models.CharField(max_length=130)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "key", "file"],
                condition=Q(removed_at=None),
                name="evidence_once",
                violation_error_message=_("This file is attached here already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[PointKind.ITEM, PointKind.PAPER]), name="evidence_kind_known"
            ),
        ]


class Letter(TenantModel):
    """A letter of commitment as it was signed: its very text, and by whom; append-only."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    key = models.CharField(max_length=64)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    signature_kind = models.CharField(max_length=8, choices=SignatureKind.choices)
    signed_name = models.CharField(max_length=80, blank=True)
    signature_png = models.BinaryField(null=True)
    signed_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "resumption_letter"
        constraints = [
            models.CheckConstraint(
                condition=Q(signature_kind=SignatureKind.TYPED, signature_png=None) & ~Q(signed_name="")
                | Q(signature_kind=SignatureKind.DRAWN, signature_png__isnull=False),
                name="letter_is_signed",
            )
        ]
