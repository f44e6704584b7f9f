"""The duty and what the database itself holds about it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor, Reach
from fugong.core.tenancy import TenantModel
from fugong.duties.choices import Call, Excuse, Outcome, Side, kind_label, read_call
from fugong.duties.rules import Ending, outcome_of

OPEN = Q(done_at__isnull=True, withdrawn_at__isnull=True, lapsed_at__isnull=True)


class DutyQuerySet(models.QuerySet["Duty"]):
    def open(self) -> Self:
        return self.filter(OPEN)

    def begun(self, now: datetime) -> Self:
        return self.filter(opened_at__lte=now)

    def missed(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)

    def owed_by(self, actor: Actor) -> Self:
        """What this person can act on: its own, its enterprises', its offices', what was escalated."""
        mine = Q(owner_enterprise_id__in=actor.enterprises)
        escalated = Q(escalated_at__isnull=False)
        if actor.user_id is not None:
            mine |= Q(owner_user_id=actor.user_id)
            mine |= escalated & Q(told_users__contains=[actor.user_id])
        for reach, permissions in _by_reach(actor).items():
            offices = Q(owner_permission__in=permissions)
            told = escalated & Q(told_permissions__overlap=permissions)
            mine |= (offices | told) & _inside(reach)
        return self.filter(mine)

    def visible_to(self, actor: Actor, *, permission: str) -> Self:
        """What this permission lets the person look over: its areas, and the enterprises in its care."""
        reach = actor.reach(permission)
        if reach.everywhere:
            return self
        cared_for = actor.enterprises | actor.cared_for
        theirs = Q(owner_enterprise_id__in=cared_for) | Q(roll_enterprise_id__in=cared_for)
        return self.filter(Q(owner_area_id__in=reach.areas) | theirs)

    def rolls(self) -> Self:
        return self.filter(is_roll=True)

    def nearest_first(self) -> Self:
        return self.order_by("due_at", "id")


def _by_reach(actor: Actor) -> dict[Reach, list[str]]:
    """The permissions that hold on the same ground, together: a person has few grounds."""
    grounds: dict[Reach, list[str]] = {}
    for permission in sorted(actor.permissions):
        grounds.setdefault(actor.reach(permission), []).append(permission)
    return grounds


def _inside(reach: Reach) -> Q:
    if reach.everywhere:
        return Q()
    return Q(owner_area__isnull=True) | Q(owner_area_id__in=reach.areas)


def _open_index(name: str, *columns: str) -> models.Index:
    """Every list asks for open duties only, so that it costs what is owed, not what was ever owed."""
    return models.Index(fields=["authority", *columns, "due_at"], condition=OPEN, name=name)


class Duty(TenantModel):
    """Something somebody owes by a time, until it is done, excused or no longer owed.

    `escalation` holds the steps as `Call` writes them; `escalates_at` is the moment of the next one, and the
    `told_` columns are who owes it besides the owner since `escalated_at`.

    `reminders` are the moments before the deadline at which its owner is reminded, `reminds_at` the next
    one; urgent ones are sent in the quiet hours too.

    A roll is the duty of a group, with an `Entry` for each of its people: `done` of the `expected` have done
    it, which is all of its `members`, or the share of them that suffices: `quota_percent`, and never fewer
    than `quota_least`. `roll_enterprise_id` says whose people. A roll nobody can make good any more lapses:
    it was missed, and is on nobody's list.
    """

    kind = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    subject_label = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    period = models.CharField(max_length=32, blank=True, default="")
    side = models.CharField(max_length=16, choices=Side.choices)

    is_roll = models.BooleanField(default=False)
    roll_enterprise_id = models.UUIDField(null=True)
    members = models.PositiveIntegerField(default=0)
    quota_percent = models.PositiveSmallIntegerField(null=True)
    quota_least = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    owner_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    owner_enterprise_id = models.UUIDField(null=True)
    owner_permission = models.CharField(max_length=64, blank=True, default="")
    owner_area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+", null=True)

    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    excuse = models.CharField(max_length=32, choices=Excuse.choices, blank=True, default="")
    excuse_note = models.CharField(max_length=500, blank=True, default="")
    escalation = models.JSONField(default=list)
    escalates_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    reminders = ArrayField(models.DateTimeField(), default=list)
    reminds_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField(default=False)
    told_permissions = ArrayField(models.CharField(max_length=64), default=list)
    told_users = ArrayField(models.UUIDField(), default=list)
    recorded_at = models.DateTimeField()

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("authority", "kind", "subject_kind", "subject_id", "period"),
                    *("owner_user", "owner_enterprise_id", "owner_permission", "owner_area"),
                ],
                condition=OPEN,
                nulls_distinct=False,
                name="duty_open_once",
                violation_error_message=_("This is already owed."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(owner_user__isnull=False, owner_enterprise_id__isnull=True, owner_permission="")
                    | Q(owner_user__isnull=True, owner_enterprise_id__isnull=False, owner_permission="")
                    | (Q(owner_user__isnull=True, owner_enterprise_id__isnull=True) & ~Q(owner_permission=""))
                ),
                name="duty_one_owner",
            ),
            models.UniqueConstraint(
                fields=["authority", "kind", "subject_kind", "subject_id", "period"],
                condition=Q(is_roll=True),
                name="duty_roll_once",
            ),
            models.CheckConstraint(
                condition=(
                    Q(done_at__isnull=True, withdrawn_at__isnull=True)
                    | Q(done_at__isnull=True, lapsed_at__isnull=True)
                    | Q(withdrawn_at__isnull=True, lapsed_at__isnull=True)
                ),
                name="duty_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(excuse="", excuse_note="")
                | (Q(withdrawn_at__isnull=False) & ~Q(excuse="") & ~Q(excuse_note="")),
                name="duty_excuse_is_full",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at__isnull=True, told_permissions=[], told_users=[])
                | Q(escalated_at__isnull=False, escalated_at__gte=F("due_at"))
                & (~Q(told_permissions=[]) | ~Q(told_users=[])),
                name="duty_escalated_when_missed",
            ),
            models.CheckConstraint(
                condition=Q(escalates_at__isnull=True) | Q(escalates_at__gte=F("due_at")),
                name="duty_escalates_when_missed",
            ),
        ]
        indexes = [
            _open_index("duty_of_user", "owner_user"),
            _open_index("duty_of_enterprise", "owner_enterprise_id"),
            _open_index("duty_of_holders", "owner_permission"),
            _open_index("duty_by_deadline"),
            models.Index(
                fields=["authority", "escalates_at"],
                condition=OPEN & Q(escalates_at__isnull=False),
                name="duty_escalates",
            ),
            models.Index(
                fields=["authority", "reminds_at"],
                condition=OPEN & Q(reminds_at__isnull=False),
                name="duty_reminds",
            ),
            models.Index(
                fields=["authority", "escalated_at"],
                condition=OPEN & Q(escalated_at__isnull=False),
                name="duty_escalated",
            ),
            models.Index(fields=["authority", "subject_id", "kind"], name="duty_of_subject"),
            models.Index(
                fields=["authority", "roll_enterprise_id", "kind", "period"],
                condition=Q(is_roll=True),
                name="duty_rolls_of_enterprise",
            ),
            models.Index(
                fields=["authority", "due_at", "id"], condition=OPEN & Q(is_roll=True), name="duty_open_rolls"
            ),
            models.Index(
                fields=["authority", "due_at", "kind", "period"],
                condition=Q(is_roll=True),
                name="duty_rolls_by_day",
            ),
            models.Index(
                fields=["authority", "kind", "period"], condition=~Q(excuse=""), name="duty_excused"
            ),
        ]

    @property
    def label(self) -> Promise | str:
        return kind_label(self.kind)

    @property
    def calls(self) -> list[Call]:
        return [read_call(kept) for kept in self.escalation]

    @property
    def outcome(self) -> Outcome:
        return outcome_of(
            Ending(self.done_at, self.withdrawn_at, bool(self.excuse), lapsed=self.lapsed_at is not None)
        )
