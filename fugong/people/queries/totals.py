"""What stays of people whose files are destroyed: numbers that say nothing about anybody."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Substr

from fugong.core.ending.staying import Total, safe_totals
from fugong.core.regions import region_name
from fugong.people.models import Employment, Person


def by_enterprise_and_province(authority_id: UUID) -> list[Total]:
    """People who ever worked at each enterprise, by the province they come from. Inside `acting_for`."""
    rows = (
        Employment.objects.filter(authority_id=authority_id)
        .values("enterprise__name", province=Substr("person__home_region", 1, 2))
        .annotate(number=Count("person", distinct=True))
        .order_by("enterprise__name", "province")
    )
    lines = [((row["enterprise__name"], _province(row["province"])), row["number"]) for row in rows]
    return safe_totals(lines, adds_up_by=1)


def by_province(authority_id: UUID) -> list[Total]:
    """All files, by home province: the total that the smaller groups of the other one are part of."""
    rows = (
        Person.objects.filter(authority_id=authority_id)
        .values(province=Substr("home_region", 1, 2))
        .annotate(number=Count("id"))
        .order_by("province")
    )
    return safe_totals([((_province(row["province"]),), row["number"]) for row in rows])


def _province(digits: str) -> str:
    return region_name(digits.ljust(6, "0")) if digits else ""
