"""Reading authorities and areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.refusals import NotFound

DESCENDANTS = """
    with recursive inside as (
        select id as top, id from areas_area where id = any(%s)
        union
        select inside.top, area.id from areas_area area join inside on area.parent_id = inside.id
    )
    select top, id from inside
"""


@dataclass(slots=True)
class Branch:
    """An area with what lies inside it, by code."""

    area: Area
    inside: list[Branch] = field(default_factory=list)


def get_authority(authority_id: UUID) -> Authority:
    try:
        return Authority.objects.get(id=authority_id)
    except Authority.DoesNotExist:
        raise NotFound() from None


def get_authority_name(authority_id: UUID, *, language: str) -> str:
    """In that language, whatever language is active."""
    with translation.override(language or None):
        return get_authority(authority_id).name


def find_authority(code: str) -> Authority | None:
    return Authority.objects.filter(code=code).first()


def list_authorities() -> list[Authority]:
    """All tenants of this deployment: for the command line and the clocks, which then act for each in
    turn."""
    return list(Authority.objects.order_by("code"))


def get_area(area_id: UUID, *, actor: Actor) -> Area:
    area = Area.objects.filter(id=area_id, authority_id=actor.authority_id).first()
    if area is None:
        raise NotFound()
    return area


def find_area(code: str, *, actor: Actor) -> Area | None:
    return Area.objects.filter(code=code, authority_id=actor.authority_id).first()


def list_areas(*, actor: Actor) -> list[Area]:
    """All areas of the authority. The map of the ground is no secret inside it; what stands on it may be."""
    return list(
        Area.objects.filter(authority_id=actor.authority_id).select_related("parent").order_by("code")
    )


def tree(*, actor: Actor) -> list[Branch]:
    """The authority's areas as nested branches, in one statement."""
    branches = {area.id: Branch(area) for area in list_areas(actor=actor)}
    top: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.area.parent_id) if branch.area.parent_id else None
        (parent.inside if parent else top).append(branch)
    return top


def descendants(area: Area) -> frozenset[UUID]:
    """The area itself and everything inside it."""
    return ids_inside([area.id])


def ids_by_code(codes: Iterable[str], *, authority_id: UUID) -> frozenset[UUID]:
    """The areas with these codes and everything inside them; a code that no area has raises `NotFound`."""
    wanted = set(codes)
    found = dict(Area.objects.filter(code__in=wanted, authority_id=authority_id).values_list("code", "id"))
    if missing := wanted - set(found):
        raise NotFound(
            _("No area has the code %(codes)s.") % {"codes": ", ".join(sorted(missing))}, code="area_unknown"
        )
    return ids_inside(found.values())


def ids_inside(area_ids: Iterable[UUID]) -> frozenset[UUID]:
    """These areas and everything inside them, of the connection's authority only; one statement, or none."""
    return frozenset().union(*inside_each(area_ids).values())


def inside_each(area_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each of these areas itself and everything inside it; otherwise as `ids_inside`."""
    inside: dict[UUID, set[UUID]] = {area_id: set() for area_id in area_ids}
    if inside:
        with connection.cursor() as cursor:
            cursor.execute(DESCENDANTS, [list(inside)])
            for top, area_id in cursor.fetchall():
                inside[top].add(area_id)
    return {top: frozenset(found) for top, found in inside.items()}
