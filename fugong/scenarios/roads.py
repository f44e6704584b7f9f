"""Checkpoints in a story: opened with a desk each, which sends its day as desks do, in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.passage import operations as passage
from fugong.passage import queries
from fugong.passage.choices import DeviceKind, GateKind
from fugong.passage.operations import CrossingData
from fugong.passage.queries import DeskAt
from fugong.scenarios.reading import Act, ScenarioBroken


def open_checkpoints(said: Mapping[str, Any], *, area_id: UUID, actor: Actor, act: Act) -> list[DeskAt]:
    """Each with a desk that is paired, in the order of their names."""
    return [_desk(name, said["kind_of_rules"], area_id, actor, act) for name in said["names"]]


def cross(desk: DeskAt, *, act: Act) -> None:
    """Raises ScenarioBroken for a crossing that cannot be taken."""
    (gate,) = desk.gates
    sent = [read_crossing(text, gate, act.at) for text in act.detail["crossings"].split(";")]
    for first in range(0, len(sent), passage.MOST_AT_ONCE):
        batch = sent[first : first + passage.MOST_AT_ONCE]
        for told in passage.record_crossings(batch, desk, now=act.at):
            if told.fields:
                raise ScenarioBroken(f"{act.source}: {dict(told.fields)}")


def _desk(name: str, rules: str, area_id: UUID, actor: Actor, act: Act) -> DeskAt:
    data = passage.GateData(name, kind_of_rules=rules, place=name)
    gate = passage.open_gate(data, kind=GateKind.ROAD, area_id=area_id, actor=actor, now=act.at)
    named = passage.name_device(name, DeviceKind.DESK, [gate.id], actor=actor, now=act.at)
    token = passage.pair(named.pairing, now=act.at).token
    desk = queries.find_desk(hashlib.sha256(token.encode()).digest())
    assert desk is not None
    return desk


def read_crossing(text: str, gate: int, evening: datetime) -> CrossingData:
    plate, people, origin, second, nonce = text.split("/")
    midnight = evening.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    return CrossingData(
        gate=gate,
        at=midnight + timedelta(seconds=int(second)),
        nonce=int(nonce),
        plate=plate,
        people=int(people),
        origin=origin,
    )
