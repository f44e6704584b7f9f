"""Looking through the day's reports for signs that they may not be believed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from fugong.core.actor import system_actor
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.health.models import HealthReport, QualitySign
from fugong.health.queries.signs import find_signs_of
from fugong.health.queries.terms import find_terms
from fugong.health.rules.signs import Found

NAME = "data quality"


def find_signs(authority_id: UUID, *, day: date, now: datetime) -> int:
    """Keeps the signs in every enterprise's reports of the day; how many are new. Safe to run twice."""
    actor = system_actor(authority_id, NAME)
    with acting_for(authority_id):
        terms = find_terms(day)
        places = _reporting(authority_id, day) if terms else []
    found = 0
    for enterprise_id in places:
        assert terms is not None
        with operation("health.find_signs", actor=actor, now=now) as op:
            rows = [
                _row(enterprise_id, sign, authority_id, now)
                for sign in find_signs_of(enterprise_id, day, terms, actor=actor)
            ]
            before = QualitySign.objects.filter(enterprise_id=enterprise_id, day=day).count()
            QualitySign.objects.bulk_create(rows, ignore_conflicts=True)
            after = QualitySign.objects.filter(enterprise_id=enterprise_id, day=day).count()
            op.audit(None, {"enterprise": str(enterprise_id), "day": day.isoformat(), "signs": len(rows)})
            found += after - before
    return found


def _reporting(authority_id: UUID, day: date) -> list[UUID]:
    rows = HealthReport.objects.filter(authority_id=authority_id, day=day, enterprise__isnull=False)
    return list(rows.order_by("enterprise_id").values_list("enterprise_id", flat=True).distinct())


def _row(enterprise_id: UUID, sign: Found, authority_id: UUID, now: datetime) -> QualitySign:
    return QualitySign(
        authority_id=authority_id,
        enterprise_id=enterprise_id,
        sign=sign.sign,
        day=sign.day,
        people=list(sign.people),
        number=sign.number,
        values=dict(sign.values),
        found_at=now,
    )
