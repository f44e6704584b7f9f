"""Reading visits and passes: for hosts, for guards, and by a visitor's link."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from fugong.core.actor import Actor
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for
from fugong.passage.choices import GUARD, INVITE, ISSUE
from fugong.passage.models import VehiclePass, Visit
from fugong.passage.permissions import check_may_see_guests
from fugong.passage.rules.links import VisitLink

PATH = "/guest/{token}/"


def list_visits(actor: Actor) -> QuerySet[Visit]:
    """To the actor's enterprise, or to enterprises in its areas; with the enterprise. Raises NotPermitted."""
    check_may_see_guests(actor)
    rows = Visit.objects.filter(authority_id=actor.authority_id).select_related("enterprise")
    reach = actor.reach(INVITE, GUARD)
    if reach.everywhere:
        return rows
    return rows.filter(Q(enterprise__area_id__in=reach.areas) | Q(enterprise_id__in=actor.enterprises))


def get_visit(actor: Actor, visit_id: UUID) -> Visit:
    """Raises NotFound, also when the actor may not see it."""
    visit = list_visits(actor).filter(id=visit_id).first()
    if visit is None:
        raise NotFound()
    return visit


def visits_on(actor: Actor, start: datetime, end: datetime) -> QuerySet[Visit]:
    """For the desk at a gate: whose window touches that time, and that are not called off."""
    return list_visits(actor).filter(starts_at__lt=end, ends_at__gt=start, cancelled_at=None)


def list_passes(actor: Actor) -> QuerySet[VehiclePass]:
    """All for a guard, to whom any vehicle may come; else those of the actor's enterprise and areas."""
    check_may_see_guests(actor)
    rows = VehiclePass.objects.filter(authority_id=actor.authority_id).select_related("enterprise")
    reach = actor.reach(INVITE, ISSUE)
    if actor.may(GUARD) or reach.everywhere:
        return rows
    return rows.filter(Q(enterprise__area_id__in=reach.areas) | Q(enterprise_id__in=actor.enterprises))


def get_pass(actor: Actor, pass_id: UUID) -> VehiclePass:
    """Raises NotFound, also when the actor may not see it."""
    found = list_passes(actor).filter(id=pass_id).first()
    if found is None:
        raise NotFound()
    return found


def find_pass(plate: str, *, authority_id: UUID, now: datetime) -> VehiclePass | None:
    """The one that is good now, by the plate as `rules.plates.tidied` gives it. Of the acting authority."""
    rows = VehiclePass.objects.filter(
        authority_id=authority_id, plate=plate, starts_at__lte=now, ends_at__gt=now, cancelled_at=None
    )
    return rows.select_related("enterprise").first()


def link_of(visit: Visit) -> str:
    """The address of the visitor's code, for whoever may invite to pass on."""
    token = VisitLink(visit.authority_id, visit.id).text(settings.SECRET_KEY.encode())
    return settings.FUGONG_PUBLIC_URL + PATH.format(token=token)


def find_visit(token: str) -> Visit | None:
    """By the link; with the enterprise. None where the link is not ours, or the visit has been destroyed."""
    link = VisitLink.parse(token, settings.SECRET_KEY.encode())
    if link is None:
        return None
    with acting_for(link.authority_id):
        rows = Visit.objects.filter(authority_id=link.authority_id, id=link.visit_id)
        return rows.select_related("enterprise").first()


def subjects_of(person_ids: Collection[UUID], *, authority_id: UUID) -> list[UUID]:
    """Under what the scans of one person stand: the person's files, and the visits that name one of them."""
    visits = Visit.objects.filter(authority_id=authority_id, person__in=person_ids)
    return [*person_ids, *visits.order_by("id").values_list("id", flat=True)]
