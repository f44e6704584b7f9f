"""The law of areas: what may lie inside what."""

from __future__ import annotations

from fugong.areas.choices import AreaKind

# A place (a building, a gate) is the smallest: nothing lies inside it but another place. A grid is cut out
# of a town, village or park. A district is never inside anything smaller than a district.
INSIDE: dict[AreaKind, frozenset[AreaKind]] = {
    AreaKind.DISTRICT: frozenset({AreaKind.DISTRICT}),
    AreaKind.PARK: frozenset({AreaKind.DISTRICT, AreaKind.TOWN, AreaKind.PARK}),
    AreaKind.TOWN: frozenset({AreaKind.DISTRICT}),
    AreaKind.VILLAGE: frozenset({AreaKind.TOWN}),
    AreaKind.GRID: frozenset({AreaKind.TOWN, AreaKind.VILLAGE, AreaKind.PARK, AreaKind.GRID}),
    AreaKind.PLACE: frozenset(AreaKind),
}


def may_lie_inside(kind: AreaKind, parent: AreaKind | None) -> bool:
    """Any kind may stand at the top of an authority's tree: a zone has no district above it."""
    return parent is None or parent in INSIDE[kind]
