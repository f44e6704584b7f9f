"""A playbook with rules about origin, and planned returns under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fugong.core.actor import Actor
from fugong.people.choices import Transport
from fugong.people.permissions import PERMISSIONS as OF_PEOPLE
from fugong.playbooks.operations import activate
from fugong.playbooks.rules.loading import load_playbook
from fugong.returns import operations
from fugong.returns.choices import PERMISSIONS, Lodging
from fugong.returns.models import PlannedReturn
from fugong.returns.operations import ReturnData
from tests.accounts import making as accounts
from tests.people.making import NOW, TODAY
from tests.playbooks.making import commander

LIBRARY = Path(__file__).parents[2] / "fugong" / "playbooks" / "library"
ORIGINS = (Path(__file__).parents[1] / "playbooks" / "zone.toml").read_text(encoding="utf-8")
FROM, TO = ORIGINS.index("[origins]"), ORIGINS.index("[figures.all]")
ARRIVES = TODAY + timedelta(days=3)


def playbook(version: str = "1", **changes: str) -> Any:
    """Datong's, with the zone's rules about origin; `changes` replace texts of those."""
    text = (LIBRARY / "datong.toml").read_text(encoding="utf-8")
    rules = ORIGINS[FROM:TO].replace('ref = ["N-5"]', 'ref = ["E-14"]').replace("2020-", "2022-")
    rules = rules.replace("in_force_to = 2022-03-25\n", "")
    for old, new in changes.items():
        assert old in rules
        rules = rules.replace(old, new)
    text = text.replace("[figures.", rules + "[figures.", 1)
    return load_playbook(text.replace('version = "1"', f'version = "{version}"', 1), name="rules.toml")


def rules_in_force(authority: Any, version: str = "1", *, from_day: date = TODAY, **changes: str) -> None:
    activate(playbook(version, **changes), actor=commander(authority), now=NOW, from_day=from_day)


def data(**changes: Any) -> ReturnData:
    plain = ReturnData(
        arrives_on=ARRIVES,
        from_region="湖南省长沙市",
        transport=Transport.TRAIN,
        number="g1112",
        lodging=Lodging.DORMITORY,
        room="3-201",
    )
    return replace(plain, **changes)


def _actor(authority: Any, name: str, **ground: Any) -> Actor:
    held = frozenset(PERMISSIONS) | frozenset(OF_PEOPLE) | {"enterprises.see", "exports.make"}
    user = accounts.user(authority, name=name, password=None)
    return Actor(user.id, authority.id, name, held, **ground)


def contact(enterprise: Any) -> Actor:
    return _actor(enterprise.authority, "Bo", enterprises=frozenset({enterprise.id}))


def keeper(area: Any) -> Actor:
    return _actor(area.authority, "Ann", areas=frozenset({area.id}))


def planned(person: Any, actor: Actor, **changes: Any) -> PlannedReturn:
    return operations.plan(person.id, data(**changes), actor=actor, now=NOW)
