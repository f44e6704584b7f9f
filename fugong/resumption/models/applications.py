"""The application, and what happened to it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.tenancy import TenantModel
from fugong.resumption.choices import SEE, ApplicationState, EventKind, Purpose, Side
from fugong.resumption.rules.transitions import EDITABLE_STATES, OPEN_STATES

DECIDED = [ApplicationState.APPROVED, ApplicationState.REFUSED]


def inside_sight(actor: Actor, *, enterprise: str = "enterprise", permission: str = SEE) -> Q:
    """Rows about enterprises in the areas where the permission holds, those the actor speaks for and those
    in its care.
    """
    reach = actor.reach(permission)
    if reach.everywhere:
        return Q()
    own = actor.enterprises | actor.cared_for
    return Q(**{f"{enterprise}__area_id__in": reach.areas}) | Q(**{f"{enterprise}_id__in": own})


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> Self:
        """A draft is the enterprise's own affair until it is submitted."""
        own = Q(enterprise_id__in=actor.enterprises | actor.cared_for)
        return self.filter(inside_sight(actor)).filter(own | ~Q(submitted_at=None))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def under_review(self) -> Self:
        return self.filter(state=ApplicationState.SUBMITTED)

    def oldest_first(self) -> Self:
        return self.order_by("submitted_at", "id")


class Application(TenantModel):
    """An enterprise's wish to start again, from the draft to the decision.

    `version` grows with every change: a person who looked at an older one is told so instead of overwriting.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.RESUME)
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    planned_on = models.DateField(null=True)
    planned_staff = models.PositiveIntegerField(null=True)
    playbook_version = models.ForeignKey(
        "playbooks.PlaybookVersion", on_delete=models.PROTECT, related_name="+", null=True
    )
    applicant = models.JSONField(default=dict)  # the facts it was judged by, as told to the playbook
    judged_on = models.DateField(null=True)
    route_key = models.CharField(max_length=64, blank=True)
    wave_key = models.CharField(max_length=64, blank=True)
    priority_rank = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        db_table = "resumption_application"
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="application_number_once"),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="application_one_open",
                violation_error_message=_("The enterprise has an open application already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="application_state_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) ^ Q(state__in=DECIDED), name="application_decided_is_dated"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False)
                | Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN]),
                name="application_submitted_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=F("submitted_at")),
                name="application_decided_after_submitted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "submitted_at"],
                condition=Q(state=ApplicationState.SUBMITTED),
                name="application_queue",
            ),
            models.Index(fields=["enterprise", "-opened_at"], name="application_of_enterprise"),
            # The order of the list of all, as it is asked for: another order of NULLs would not be found.
            models.Index(
                F("authority"),
                F("submitted_at").desc(nulls_last=True),
                F("id").desc(),
                name="application_newest",
            ),
        ]

    @property
    def is_editable(self) -> bool:
        """Whether it lies with the enterprise, which may change it."""
        return self.state in EDITABLE_STATES


class ApplicationEvent(TenantModel):
    """Something that happened to an application; append-only. `side` is whose clock runs from here on."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, choices=ApplicationState.choices)
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    note = models.TextField(blank=True)
    side = models.CharField(max_length=12, choices=Side.choices)
    detail = models.JSONField(default=dict)
    decision_id = models.UUIDField(null=True)

    class Meta:
        db_table = "resumption_application_event"
        indexes = [models.Index(fields=["application", "at"], name="application_event_order")]


class NumberSeries(TenantModel):
    """The last number given out in a series of one year; the row's lock keeps two from getting the same."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "resumption_number_series"
        constraints = [
            models.UniqueConstraint(fields=["authority", "series", "year"], name="number_series_once"),
        ]
