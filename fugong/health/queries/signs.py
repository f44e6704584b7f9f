"""Signs that reports may not be believed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from fugong.core.actor import Actor
from fugong.duties import queries as duties
from fugong.health.choices import REPORT_DUTY, Way
from fugong.health.models import HealthReport, QualitySign
from fugong.health.models.signs import QualitySignQuerySet
from fugong.health.permissions import check_may_see_quality
from fugong.health.queries.terms import Terms
from fugong.health.rules.signs import Found, Seen, signs_of_day, signs_of_person, signs_of_rate


def list_signs(actor: Actor) -> QualitySignQuerySet:
    """All the actor may see, unordered, each with its enterprise. Raises `NotPermitted`."""
    check_may_see_quality(actor)
    return QualitySign.objects.visible_to(actor).select_related("enterprise")


def find_signs_of(enterprise_id: UUID, day: date, terms: Terms, *, actor: Actor) -> list[Found]:
    """What the enterprise's reports up to this day show, computed anew. The caller answers for who may know.

    Two statements, over as many days as the longest of the thresholds.
    """
    limits = terms.thresholds
    since = day - timedelta(days=max(limits.same_value_days, limits.full_days))
    seen = _seen(enterprise_id, since, day, actor)
    by_person: dict[UUID, list[Seen]] = defaultdict(list)
    for each in seen:
        by_person[each.person].append(each)
    found = [sign for reports in by_person.values() for sign in signs_of_person(reports, limits)]
    found += signs_of_day([each for each in seen if each.day == day], limits)
    found += signs_of_rate(_rates(seen, since, day, actor), limits)
    return [sign for sign in found if sign.day == day]


def _seen(enterprise_id: UUID, since: date, until: date, actor: Actor) -> list[Seen]:
    rows = HealthReport.objects.filter(
        authority_id=actor.authority_id, enterprise_id=enterprise_id, day__gte=since, day__lte=until
    )
    columns = ("person_id", "day", "revision", "tenths", "way", "device", "reported_at")
    return [
        Seen(person, day, revision, tenths, Way(way), device, at)
        for person, day, revision, tenths, way, device, at in rows.values_list(*columns)
    ]


def _rates(seen: Iterable[Seen], since: date, until: date, actor: Actor) -> list[tuple[date, int, int]]:
    """Of those who reported at all: how many were due on each day, by the rolls, and how many came."""
    came: dict[date, set[UUID]] = defaultdict(set)
    for each in seen:
        came[each.day].add(each.person)
    people = set().union(*came.values()) if came else set()
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    rows = duties.enrolled_on(REPORT_DUTY, periods=[day.isoformat() for day in days])
    due = Counter(rows.filter(subject_id__in=people).values_list("period", flat=True))
    return [(day, due[day.isoformat()], len(came[day])) for day in days]
