"""Founding an authority: its areas and roles, its playbook, its three administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fugong.accounts import operations as accounts
from fugong.accounts.operations import IssuedCode
from fugong.areas import operations as areas
from fugong.areas.choices import AreaKind
from fugong.areas.models import Area
from fugong.core.actor import Actor, system_actor
from fugong.core.tenancy import acting_for
from fugong.playbooks import operations as playbooks
from fugong.playbooks.facts import Playbook

# A playbook knows two more kinds of area than the register: what they are there.
KINDS = {"zone": AreaKind.PARK, "street": AreaKind.TOWN}
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@dataclass(frozen=True, slots=True)
class Founded:
    """`founder` is the system acting for the new authority; `areas` are ids by the playbook's area ids."""

    founder: Actor
    areas: dict[str, UUID]


def found(code: str, *, names: tuple[str, str], playbook: Playbook, from_day: date, now: datetime) -> Founded:
    """`names` in Chinese and English. The playbook is in force from that day, its areas are drawn.

    Raises `Conflict` for a code that is taken. Not one transaction: the first refusal leaves nothing behind,
    because everything after the founding itself cannot be refused on an empty authority.
    """
    authority = areas.found_authority(
        code, name_zh=names[0], name_en=names[1], playbook_id=playbook.id, now=now
    )
    founder = system_actor(authority.id, "set-up")
    accounts.seed_roles(actor=founder, now=now)
    drawn = _draw(playbook, founder, now)
    playbooks.activate(playbook, actor=founder, now=now, from_day=from_day)
    return Founded(founder, {key: area.id for key, area in drawn.items()})


def _draw(playbook: Playbook, founder: Actor, now: datetime) -> dict[str, Area]:
    """The playbook's areas, each after the one it lies in."""
    waiting, drawn = dict(playbook.policy.areas), dict[str, Area]()
    while waiting:
        key = next(key for key, area in waiting.items() if area.within is None or area.within in drawn)
        area = waiting.pop(key)
        kind = KINDS.get(area.kind.value) or AreaKind(area.kind.value)
        parent = drawn[area.within] if area.within else None
        drawn[key] = areas.add_area(
            key, kind=kind, names=(area.name.zh, area.name.en), parent=parent, actor=founder, now=now
        )
    return drawn


def invite_administrators(founder: Actor, *, prefix: str, now: datetime) -> list[IssuedCode]:
    """The three administrators, apart from the first day; each gets a one-time code for a first password."""
    issued = []
    with acting_for(founder.authority_id):
        for role in ADMINISTRATORS:
            username = f"{prefix}-{role.removesuffix('_admin')}"
            user = accounts.create_user(username, name=username, actor=founder, now=now)
            accounts.grant_role(user, role=role, actor=founder, now=now)
            issued.append(accounts.invite(user, actor=founder, now=now))
    return issued
