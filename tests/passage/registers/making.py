"""Made-up gates and who keeps them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fugong.core.actor import Actor, system_actor
from fugong.core.clock import LOCAL
from fugong.core.ids import new_id
from fugong.passage import choices
from fugong.passage.choices import GateKind
from fugong.passage.models import Gate
from fugong.passage.operations.gates import open_gate
from fugong.passage.rules.gates import GateData

NOW = datetime(2022, 4, 27, 10, 42, tzinfo=LOCAL)
HELD = frozenset(choices.PERMISSIONS) | {"enterprises.see", "people.see"}


def contact(enterprise: Any, *, without: str = "") -> Actor:
    """Who speaks for one enterprise."""
    held = HELD - {without}
    return Actor(new_id(), enterprise.authority_id, "Bo", held, enterprises=frozenset({enterprise.id}))


def keeper(area: Any, *, without: str = "") -> Actor:
    """Who keeps the gates of one park."""
    held = HELD - {without}
    return Actor(new_id(), area.authority_id, "Ann", held, areas=frozenset({area.id}))


def system(at: Any) -> Actor:
    return system_actor(at.authority.id, "set-up")


def door(enterprise: Any, name: str = "东门", *, now: datetime = NOW, **changes: Any) -> Gate:
    actor = system_actor(enterprise.authority_id, "set-up")
    data = GateData(name=name, **changes)
    return open_gate(data, kind=GateKind.DOOR, enterprise_id=enterprise.id, actor=actor, now=now)


def road(area: Any, name: str = "高速出口", *, now: datetime = NOW, **changes: Any) -> Gate:
    actor = system_actor(area.authority_id, "set-up")
    return open_gate(
        GateData(name=name, **changes), kind=GateKind.ROAD, area_id=area.id, actor=actor, now=now
    )
