"""Restrictive levels set by two people together."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.clearance.choices import CONFIRM, DATA_CLASS, HAND_FILE, PROPOSE, SEE, HandState
from fugong.clearance.models.reach import of_people_seen_by
from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.core.files import FileKind, Purpose, register_purposes
from fugong.core.files.kinds import IMAGES
from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise

register_purposes(
    [
        Purpose(
            key=HAND_FILE,
            label=_("Evidence for a level by hand"),
            accepts=IMAGES | {FileKind.PDF, FileKind.DOCX},
            data_class=DATA_CLASS,
        )
    ]
)


class HandLevelQuerySet(models.QuerySet["HandLevel"]):
    def visible_to(self, actor: Actor) -> Self:
        reach = of_people_seen_by(actor, SEE, PROPOSE, CONFIRM)
        return self.filter(reach, authority_id=actor.authority_id)


class HandLevel(TenantModel):
    """A level proposed by one person for a reason of the playbook's list, and confirmed by another.

    What holds is the evidence row that the confirmation writes. The wording of the reason is kept as it was.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=64)
    reason_zh = models.CharField(max_length=100)
    reason_en = models.CharField(max_length=150)
    level = models.CharField(max_length=64)
    days = models.PositiveSmallIntegerField()
    text = SealedField(_("evidence"), data_class=DATA_CLASS)
    file = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    state = models.CharField(max_length=16, choices=HandState.choices)
    playbook_version = models.ForeignKey(
        "playbooks.PlaybookVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    proposed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    decided_by_name = models.CharField(max_length=200, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    note = SealedField(_("note"), blank=True, data_class=DATA_CLASS)
    recorded_at = models.DateTimeField()

    objects = HandLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("level by hand")
        verbose_name_plural = _("levels by hand")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HandState.values), name="hand_state_known"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="hand_two_people",
                violation_error_message=_("The second person must be another one than the first."),
            ),
            models.CheckConstraint(
                condition=Q(state=HandState.PROPOSED, decided_by=None, expires_at=None)
                | Q(state=HandState.REFUSED, decided_by__isnull=False, expires_at=None)
                | Q(
                    state__in=[HandState.CONFIRMED, HandState.ENDED],
                    decided_by__isnull=False,
                    expires_at__isnull=False,
                ),
                name="hand_decided_in_full",
            ),
            models.UniqueConstraint(
                fields=["authority", "person"],
                condition=Q(state=HandState.PROPOSED),
                name="hand_one_proposal",
                violation_error_message=_("A level is already proposed for this person."),
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "person", "-proposed_at"], name="hand_of_person"),
            models.Index(fields=["authority", "state", "-proposed_at"], name="hand_by_state"),
            models.Index(fields=["authority", "reason", "decided_at"], name="hand_by_reason"),
        ]

    @property
    def reason_label(self) -> str:
        return in_language(self.reason_zh, self.reason_en)
