"""Gates in a story: opened, given devices, and who is let through them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Final

from fugong.core.actor import Actor
from fugong.core.clock import LOCAL
from fugong.passage.choices import DeviceKind, Directions, GateKind
from fugong.passage.operations.devices import name_device
from fugong.passage.operations.gates import open_gate
from fugong.passage.operations.hours import set_hours
from fugong.passage.operations.passes import issue_pass
from fugong.passage.operations.visits import invite
from fugong.passage.queries.gates import list_gates
from fugong.passage.rules.gates import GateData
from fugong.passage.rules.guests import PassData, VisitData
from fugong.scenarios.reading import Act
from fugong.scenarios.stage import Stage


def do_gate_act(act: Act, *, actor: Actor, stage: Stage) -> None:
    """Raises KeyError for what the line does not say."""
    _ACTS[act.what](act, actor, stage)


def _open(act: Act, actor: Actor, stage: Stage) -> None:
    said = act.detail
    data = GateData(
        name=said["name"],
        kind_of_rules=said["rules"],
        directions=Directions(said.get("directions", Directions.BOTH)),
        place=said.get("place", ""),
    )
    open_gate(
        data,
        kind=GateKind(said["kind"]),
        enterprise_id=stage.enterprises[act.enterprise] if act.enterprise else None,
        area_id=stage.areas[said["area"]] if "area" in said else None,
        actor=actor,
        now=act.at,
    )


def _name_device(act: Act, actor: Actor, stage: Stage) -> None:
    gate = list_gates(actor).get(name=act.detail["gate"], closed_at=None)
    kind = DeviceKind(act.detail["kind"])
    name_device(act.detail["label"], kind, [gate.id], actor=actor, now=act.at)


def _set_hours(act: Act, actor: Actor, stage: Stage) -> None:
    starts, ends = (time.fromisoformat(act.detail[name]) for name in ("from", "until"))
    place = stage.enterprises[act.enterprise]
    set_hours(place, act.detail["shift"], starts=starts, ends=ends, actor=actor, now=act.at)


def _invite(act: Act, actor: Actor, stage: Stage) -> None:
    said = act.detail
    data = VisitData(
        name=said["name"],
        host=said["host"],
        purpose=said["purpose"],
        phone=said.get("phone", ""),
        starts_at=_moment(said, "from"),
        ends_at=_moment(said, "until"),
    )
    invite(stage.enterprises[act.enterprise], data, actor=actor, now=act.at)


def _issue_pass(act: Act, actor: Actor, stage: Stage) -> None:
    said = act.detail
    data = PassData(
        plate=said["plate"],
        purpose=said["purpose"],
        driver_name=said.get("driver", ""),
        starts_at=_moment(said, "from"),
        ends_at=_moment(said, "until"),
    )
    place = stage.enterprises[act.enterprise] if act.enterprise else None
    issue_pass(data, enterprise_id=place, actor=actor, now=act.at)


def _moment(said: Mapping[str, str], name: str) -> datetime:
    return datetime.fromisoformat(said[name]).replace(tzinfo=LOCAL)


_ACTS: Final = {
    "open_gate": _open,
    "name_device": _name_device,
    "set_hours": _set_hours,
    "invite": _invite,
    "issue_pass": _issue_pass,
}
GATE_ACTS: Final = frozenset(_ACTS)
