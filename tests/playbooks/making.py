"""Authorities and versions of the made-up zone for the tests that need rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from fugong.areas import operations as areas
from fugong.areas.models import Authority
from fugong.core.actor import Actor, system_actor
from fugong.core.clock import LOCAL
from fugong.core.ids import new_id
from fugong.playbooks.operations import activate
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.playbook import Playbook

TODAY = date(2022, 4, 20)
NOW = datetime(2022, 4, 20, 9, 0, tzinfo=LOCAL)


def authority(code: str = "north") -> Authority:
    return areas.found_authority(code, name_zh="北区", name_en="North", playbook_id="zone", now=NOW)


def commander(of: Authority, *permissions: str) -> Actor:
    system = system_actor(of.id, "Ann")
    return replace(system, user_id=new_id(), permissions=frozenset(permissions or ("playbooks.activate",)))


def version_of(zone: Playbook, version: str) -> Playbook:
    """The zone's playbook with another version number: the text differs in that one line."""
    text = zone.text.replace(f'version = "{zone.version}"', f'version = "{version}"', 1)
    assert text != zone.text
    return load_playbook(text, name=f"zone-{version}.toml")


def in_force(playbook: Playbook, actor: Actor, *, days: int = 0) -> None:
    """From so many days after today."""
    activate(playbook, actor=actor, now=NOW, from_day=TODAY + timedelta(days=days))
