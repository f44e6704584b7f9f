"""Difficulties and their events."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.core.tenancy import TenantModel
from fugong.support.choices import OPEN_STATES, PERMISSIONS, Category, State, Step
from fugong.support.rules import TITLE_LENGTH


class DifficultyQuerySet(models.QuerySet["Difficulty"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of its own enterprises, its areas and its care, and what it has to answer."""
        reach = actor.reach(*PERMISSIONS)
        if reach.everywhere:
            return self
        near = Q(enterprise_id__in=actor.enterprises | actor.cared_for) | Q(area_id__in=reach.areas)
        if actor.user_id is not None:
            near |= Q(assigned_user_id=actor.user_id)
        return self.filter(near)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)


class Difficulty(TenantModel):
    """Something an enterprise asks help with. Only the enterprise closes it."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    playbook_version = models.ForeignKey(
        "playbooks.PlaybookVersion", on_delete=models.PROTECT, related_name="+"
    )
    category = models.CharField(max_length=64)
    category_zh = models.CharField(max_length=100, blank=True, default="")
    category_en = models.CharField(max_length=150, blank=True, default="")
    title = models.CharField(max_length=TITLE_LENGTH)
    text = models.TextField(blank=True, default="")
    state = models.CharField(max_length=16, choices=State.choices)
    raised_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    raised_for = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    body = models.CharField(max_length=64, blank=True, default="")
    body_zh = models.CharField(max_length=100, blank=True, default="")
    body_en = models.CharField(max_length=150, blank=True, default="")
    assigned_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField()

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="difficulty_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_at__isnull=True, due_at__isnull=False)
                | (~Q(state__in=OPEN_STATES) & Q(closed_at__isnull=False, due_at__isnull=True)),
                name="difficulty_open_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ASSIGNED, State.ANSWERED, State.SOLVED])
                | ~Q(body="")
                | Q(assigned_user__isnull=False),
                name="difficulty_worked_on_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "due_at"], name="difficulty_by_clock"),
            models.Index(fields=["authority", "-raised_at"], name="difficulty_newest"),
            models.Index(
                F("authority"),
                F("due_at"),
                F("raised_at").desc(nulls_last=True),
                F("id"),
                name="difficulty_in_order",
            ),
            models.Index(fields=["enterprise", "-raised_at"], name="difficulty_of_enterprise"),
            models.Index(fields=["area", "-raised_at"], name="difficulty_of_area"),
            models.Index(fields=["assigned_user"], name="difficulty_of_user"),
        ]

    @property
    def category_label(self) -> str | Promise:
        """As the playbook named it when it was raised."""
        if self.category_zh:
            return in_language(self.category_zh, self.category_en)
        return Category(self.category).label if self.category in Category.values else self.category

    @property
    def body_label(self) -> str:
        return in_language(self.body_zh, self.body_en) if self.body_zh else self.body


class DifficultyEvent(TenantModel):
    """One step of a difficulty: who, when, what was said. Added only; never changed."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=16, choices=Step.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=60)
    note = models.TextField(blank=True, default="")
    body = models.CharField(max_length=64, blank=True, default="")
    body_zh = models.CharField(max_length=100, blank=True, default="")
    body_en = models.CharField(max_length=150, blank=True, default="")
    to_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="difficulty_step_is_known"),
            models.UniqueConstraint(
                fields=["difficulty"],
                condition=Q(step__in=[Step.SOLVE, Step.WITHDRAW]),
                name="difficulty_closes_once",
                violation_error_message=_("This difficulty is closed already."),
            ),
        ]
        indexes = [
            models.Index(fields=["difficulty", "at"], name="difficulty_timeline"),
            models.Index(
                fields=["authority", "at"], condition=Q(step=Step.SOLVE), name="difficulty_solved_at"
            ),
        ]

    @property
    def body_label(self) -> str:
        return in_language(self.body_zh, self.body_en) if self.body_zh else self.body
