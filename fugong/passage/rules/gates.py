"""What can be said of a gate, and what of it cannot be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.passage.choices import Directions

NAME_MOST: Final = 60
PLACE_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class GateData:
    """`kind_of_rules` is a key of the playbook's `[gates]`; empty: whatever the playbook says of the kind."""

    name: str
    kind_of_rules: str = ""
    directions: Directions = Directions.BOTH
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    zone_id: UUID | None = None


def tidied(data: GateData) -> GateData:
    return replace(
        data,
        name=" ".join(data.name.split()),
        place=data.place.strip(),
        kind_of_rules=data.kind_of_rules.strip(),
    )


def problems_of(data: GateData, *, kinds_of_rules: Mapping[str, object]) -> dict[str, Promise]:
    """By field. `kinds_of_rules` are those that the playbook in force knows."""
    problems: dict[str, Promise] = {}
    if not data.name:
        problems["name"] = _("Give it a name.")
    elif len(data.name) > NAME_MOST:
        problems["name"] = _("At most 60 characters.")
    if len(data.place) > PLACE_MOST:
        problems["place"] = _("At most 200 characters.")
    if data.kind_of_rules and data.kind_of_rules not in kinds_of_rules:
        problems["kind_of_rules"] = _("The playbook in force knows no such gate.")
    return problems | _problems_of_position(data.latitude, data.longitude)


def _problems_of_position(latitude: float | None, longitude: float | None) -> dict[str, Promise]:
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        return {missing: _("A position needs both its latitude and its longitude.")}
    problems: dict[str, Promise] = {}
    if latitude is not None and not -90 <= latitude <= 90:
        problems["latitude"] = _("A latitude lies between −90 and 90.")
    if longitude is not None and not -180 <= longitude <= 180:
        problems["longitude"] = _("A longitude lies between −180 and 180.")
    return problems
