"""What is said of an enterprise when it is registered or changed, and whether it can be right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from fugong.core.names import NAME_LIMIT, tidy
from fugong.enterprises.choices import Industry, Kind, Provenance, SizeClass, Tag
from fugong.enterprises.rules import credit_code
from fugong.enterprises.rules.problems import Problem

STAFF_LIMIT = 1_000_000
EARLIEST = date(1949, 10, 1)
TEXT_LIMITS = {"name": 200, "address": 300, "contact_name": 60, "normal_capacity": 200}
REGISTERED = ("name", "credit_code", "kind", "size_class", "industry", "area_id")
"""The fields that figures and proofs stand on: a change of one is kept as a `RegisterEvent`."""

TELEPHONE = re.compile(r"[+(]?[0-9][0-9 ()\-]{4,18}[0-9]( ?(x|ext\.?|\u8f6c) ?[0-9]{1,6})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseData:
    """What is said of an enterprise. `area_id` is the park of its main premises; `normal_staff`: heads."""

    name: str
    credit_code: str
    size_class: SizeClass
    industry: Industry
    area_id: UUID
    entered_on: date
    normal_staff: int
    kind: Kind = Kind.ENTERPRISE
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    normal_capacity: str = ""
    tags: tuple[Tag, ...] = ()
    provenance: Provenance = Provenance.ENTERED


def tidied(data: EnterpriseData) -> EnterpriseData:
    """The same data in its one spelling; what is wrong stays wrong and is found by `problems_of`."""
    return replace(
        data,
        credit_code=credit_code.normalised(data.credit_code),
        contact_phone=unicodedata.normalize("NFKC", data.contact_phone).strip(),
        name=tidy(data.name),
        address=tidy(data.address),
        contact_name=tidy(data.contact_name),
        normal_capacity=tidy(data.normal_capacity),
        tags=tuple(sorted(set(data.tags))),
    )


def problems_of(data: EnterpriseData, *, today: date) -> dict[str, Problem]:
    """What cannot be right, by field; empty when the data may be kept. Expects tidied data."""
    found = {
        name: Problem("too_long", {"limit": limit})
        for name, limit in TEXT_LIMITS.items()
        if len(getattr(data, name)) > limit
    }
    # One sign may stand for eighteen when names are compared.
    if len(unicodedata.normalize("NFKC", data.name).casefold()) > NAME_LIMIT:
        found["name"] = Problem("too_long", {"limit": NAME_LIMIT})
    if not data.name:
        found["name"] = Problem("missing")
    if not 0 <= data.normal_staff <= STAFF_LIMIT:
        found["normal_staff"] = Problem(
            "number_out_of_range", {"value": data.normal_staff, "limit": STAFF_LIMIT}
        )
    if data.contact_phone and not TELEPHONE.fullmatch(data.contact_phone):
        found["contact_phone"] = Problem("not_a_phone", {"value": data.contact_phone})
    return found | _about_code(data.credit_code) | _about_date(data.entered_on, today)


def _about_code(code: str) -> dict[str, Problem]:
    try:
        credit_code.checked(code)
    except credit_code.BadCreditCode as bad:
        return {"credit_code": Problem(f"code_{bad.flaw}", bad.details)}
    return {}


def _about_date(entered_on: date, today: date) -> dict[str, Problem]:
    if entered_on > today:
        return {"entered_on": Problem("date_in_future", {"value": entered_on.isoformat()})}
    if entered_on < EARLIEST:
        return {"entered_on": Problem("date_too_early", {"value": entered_on.isoformat()})}
    return {}


def differences(before: EnterpriseData, after: EnterpriseData) -> tuple[str, ...]:
    """The names of the fields that differ. Where a row comes from does not change by changing it."""
    return tuple(
        name
        for name in EnterpriseData.__dataclass_fields__
        if name != "provenance" and getattr(before, name) != getattr(after, name)
    )
