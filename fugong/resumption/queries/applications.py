"""Reading applications, their rounds and their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact

from fugong.core.actor import Actor
from fugong.core.decisions.models import DecisionRecord
from fugong.core.decisions.recording import list_decisions
from fugong.core.refusals import NotFound
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import list_enterprises
from fugong.resumption.choices import APPLY, Side, StepState
from fugong.resumption.models import Application, ApplicationEvent, Condition, Step, Verification
from fugong.resumption.models.applications import ApplicationQuerySet, inside_sight
from fugong.resumption.permissions import REVIEW, may_see
from fugong.resumption.queries.certificates import list_renewable
from fugong.resumption.rules.clocks import Turn, time_per_side


@dataclass(frozen=True, slots=True)
class Round:
    """The opinions of one submission, in the order of the route."""

    number: int
    steps: Sequence[Step]


def list_applications(actor: Actor) -> ApplicationQuerySet:
    """Those the actor may see, with their enterprise. Nothing for roles without a part in them."""
    if not may_see(actor):
        return Application.objects.none()
    return Application.objects.visible_to(actor).select_related("enterprise")


def list_waiting_for(actor: Actor) -> ApplicationQuerySet:
    """Those in which a step is open that this person may decide."""
    open_steps = Step.objects.filter(application_id=OuterRef("pk"), state=StepState.OPEN)
    own_turn = Q(pk__in=())
    for permission in sorted(actor.permissions & REVIEW):
        turn = Q(Exists(open_steps.filter(permission=permission)))
        own_turn |= turn & inside_sight(actor, permission=permission)
    rows = list_applications(actor).under_review().filter(own_turn)
    return rows.exclude(enterprise_id__in=actor.enterprises)


def list_ready(actor: Actor) -> ApplicationQuerySet:
    """Each when it is ready: passed on site, and only the last opinion still to come. Most urgent class
    first.
    """
    visit = Verification.objects.filter(application_id=OuterRef("pk")).order_by("-visited_at", "-id")
    left = (
        Step.objects.filter(application_id=OuterRef("pk"), round=OuterRef("round"))
        .exclude(state=StepState.AGREED)
        .order_by()
        .values("application_id")
        .annotate(number=Count("id"))
        .values("number")
    )
    rows = list_applications(actor).under_review()
    passed = Subquery(visit.values("passed")[:1], output_field=BooleanField())
    return rows.filter(Exact(passed, Value(True)), Exact(Subquery(left), Value(1)))


def get_application(actor: Actor, application_id: UUID) -> Application:
    """With its enterprise and area. Raises `NotFound`, also when the actor may not see it."""
    rows = list_applications(actor).select_related(
        "enterprise__area", "enterprise__standing", "playbook_version"
    )
    application = rows.filter(id=application_id).first()
    if application is None:
        raise NotFound
    return application


def list_of_enterprise(actor: Actor, enterprise_id: UUID, *, limit: int = 10) -> list[Application]:
    """Its applications, the newest first."""
    return list(list_applications(actor).filter(enterprise_id=enterprise_id).order_by("-opened_at")[:limit])


def list_open_of_own(actor: Actor) -> list[Application]:
    """Open applications of the enterprises this person speaks for."""
    own = list_applications(actor).open().filter(enterprise_id__in=actor.enterprises)
    return list(own.order_by("opened_at"))


def list_may_apply(actor: Actor, *, today: date) -> list[object]:
    """Own enterprises without an open application that do not work, or need a new certificate."""
    if not actor.may(APPLY):
        return []
    busy = {row.enterprise_id for row in list_open_of_own(actor)}
    free = actor.enterprises - busy
    own = list_enterprises(actor).filter(id__in=free, left_on=None)
    renewing = list_renewable(free, today=today)
    return list(own.filter(~Q(standing__state=StandingState.RESUMED) | Q(id__in=renewing)))


def list_rounds(application: Application) -> list[Round]:
    """All rounds, the newest first."""
    rounds: dict[int, list[Step]] = {}
    for step in Step.objects.filter(application=application).order_by("-round", "position"):
        step.application = application
        rounds.setdefault(step.round, []).append(step)
    return [Round(number, steps) for number, steps in rounds.items()]


def list_events(application: Application) -> list[ApplicationEvent]:
    return list(ApplicationEvent.objects.filter(application=application).order_by("at", "id"))


def list_conditions(application: Application) -> list[Condition]:
    return list(Condition.objects.filter(application=application).order_by("position"))


def decisions_about(application: Application) -> list[DecisionRecord]:
    """The newest first."""
    return list(reversed(list_decisions(application)))


def side_times(events: Sequence[ApplicationEvent], *, now: datetime) -> dict[Side, timedelta]:
    """How long each side has had the application."""
    return time_per_side([Turn(event.at, Side(event.side)) for event in events], until=now)


def milestones_of(actor: Actor, enterprise_id: UUID) -> list[ApplicationEvent]:
    """What happened in all applications of the enterprise, for its timeline; at most 200, the
    newest first.
    """
    applications = list_applications(actor).filter(enterprise_id=enterprise_id)
    rows = ApplicationEvent.objects.filter(application__in=applications).select_related("application")
    return list(rows.order_by("-at", "-id")[:200])
