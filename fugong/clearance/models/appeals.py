"""What a person says against its level, and the answer."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.clearance.choices import ANSWER, APPEAL, DATA_CLASS, SEE, AppealState
from fugong.clearance.models.reach import of_people_seen_by
from fugong.core.actor import Actor
from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, actor: Actor) -> Self:
        reach = of_people_seen_by(actor, SEE, ANSWER, APPEAL)
        return self.filter(reach, authority_id=actor.authority_id)

    def open(self) -> Self:
        return self.filter(state=AppealState.OPEN)


class Appeal(TenantModel):
    """The person says that the level is wrong; a clock runs until somebody else has looked at it.

    `level` and `reasons` are what it was made against, as they stood then. `by_person`: made by the person on
    its own phone; else somebody made it for the person.
    """

    authority = indexed_otherwise()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=64)
    reasons = models.JSONField()
    text = SealedField(_("why the level is wrong"), data_class=DATA_CLASS)
    state = models.CharField(max_length=16, choices=AppealState.choices)
    playbook_version = models.ForeignKey(
        "playbooks.PlaybookVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by_person = models.BooleanField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    answered_by_name = models.CharField(max_length=200, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answer = SealedField(_("answer"), blank=True, data_class=DATA_CLASS)
    recorded_at = models.DateTimeField()

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="appeal_state_known"),
            models.CheckConstraint(
                condition=Q(state=AppealState.OPEN, answered_at=None)
                | (~Q(state=AppealState.OPEN) & Q(answered_at__isnull=False)),
                name="appeal_answered_in_full",
            ),
            models.UniqueConstraint(
                fields=["authority", "person"],
                condition=Q(state=AppealState.OPEN),
                name="appeal_one_open",
                violation_error_message=_("An appeal of this person is waiting for its answer."),
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "person", "-made_at"], name="appeal_of_person"),
            models.Index(fields=["authority", "state", "due_at"], name="appeal_by_clock"),
        ]
