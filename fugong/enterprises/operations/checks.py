"""What every change of the register looks at first, and how it is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fugong.areas import queries as areas
from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.names import name_key, pinyin
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.enterprises.models import Enterprise, Standing
from fugong.enterprises.rules.data import EnterpriseData, problems_of, tidied
from fugong.enterprises.rules.problems import Problem


class DuplicateEnterprise(Conflict):
    """The credit code belongs to `existing`, which the person may not be allowed to open."""

    def __init__(self, existing: Enterprise) -> None:
        sentence = _("%(name)s is on the register with this credit code already.") % {"name": existing.name}
        super().__init__(sentence, code="duplicate", fields={"credit_code": sentence})
        self.existing = existing


def checked(data: EnterpriseData, *, actor: Actor, now: datetime) -> EnterpriseData:
    """The data in its one spelling. Raises Invalid with every field at fault."""
    data = tidied(data)
    problems = problems_of(data, today=local_date(now))
    try:
        areas.get_area(data.area_id, actor=actor)
    except NotFound:
        problems["area_id"] = Problem("unknown_area", {"value": str(data.area_id)})
    if problems:
        raise refusal_of(problems)
    return data


def refusal_of(problems: dict[str, Problem]) -> Invalid:
    sentences = {name: problem.sentence for name, problem in problems.items()}
    return Invalid(" ".join(sentences.values()), code=next(iter(problems.values())).code, fields=sentences)


def check_day(field: str, day: date, *, earliest: date, now: datetime) -> None:
    """A day of the record lies between what came before it and today."""
    if day > local_date(now):
        raise refusal_of({field: Problem("date_in_future", {"value": day.isoformat()})})
    if day < earliest:
        raise refusal_of({field: Problem("date_too_early", {"value": day.isoformat()})})


def columns_of(data: EnterpriseData) -> dict[str, Any]:
    """The columns that follow from the data, its name in all the spellings it is found by."""
    syllables, initials = pinyin(data.name)
    return {
        **{name: getattr(data, name) for name in EnterpriseData.__dataclass_fields__ if name != "provenance"},
        "tags": list(data.tags),
        "name_key": name_key(data.name),
        "name_pinyin": syllables,
        "name_initials": initials,
    }


def locked(enterprise_id: UUID, *, actor: Actor) -> Enterprise:
    """The enterprise and its standing, locked in this order until the transaction ends. Raises NotFound."""
    return _locked(Enterprise.objects.visible_to(actor), enterprise_id)


def locked_in_authority(enterprise_id: UUID, *, authority_id: UUID) -> Enterprise:
    """The same for a caller that has looked at permissions itself."""
    return _locked(Enterprise.objects.filter(authority_id=authority_id), enterprise_id)


def _locked(rows: QuerySet[Enterprise], enterprise_id: UUID) -> Enterprise:
    try:
        enterprise = rows.select_for_update(of=("self",)).get(id=enterprise_id)
    except Enterprise.DoesNotExist:
        raise NotFound() from None
    enterprise.standing = Standing.objects.select_for_update().get(enterprise=enterprise)
    return enterprise


def kept(enterprise: Enterprise, *, is_new: bool = False) -> None:
    """Saves it; a credit code that is taken raises DuplicateEnterprise and leaves the transaction usable."""
    try:
        with transaction.atomic():
            enterprise.save(force_insert=is_new)
    except IntegrityError:
        existing = same_code(enterprise)
        if existing is None:
            raise
        raise DuplicateEnterprise(existing) from None


def same_code(enterprise: Enterprise) -> Enterprise | None:
    others = Enterprise.objects.filter(
        authority_id=enterprise.authority_id, credit_code=enterprise.credit_code
    )
    return others.exclude(id=enterprise.id).first()
