"""Powers that must be in different hands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from fugong.accounts.choices import Power

POWER_OF: dict[str, Power] = {
    "users.manage": Power.SYSTEM,
    "system.see": Power.SYSTEM,
    "passage.keys": Power.SYSTEM,
    "users.grant": Power.SECURITY,
    "roles.edit": Power.SECURITY,
    "audit.see": Power.AUDIT,
    "retention.set": Power.SECURITY,
    "destruction.approve_security": Power.SECURITY,
    "destruction.approve_audit": Power.AUDIT,
}
# Reading these gives no power over anybody, so each of the three administrators may hold them.
HARMLESS = frozenset({"users.see", "playbooks.see", "retention.see"})


def powers(permissions: Iterable[str]) -> frozenset[Power]:
    return frozenset(POWER_OF.get(name, Power.BUSINESS) for name in permissions if name not in HARMLESS)


def mixes_powers(permissions: Iterable[str]) -> bool:
    """Whether one hand would hold two powers that must be apart, or one of the three and any business."""
    return len(powers(permissions)) > 1


def is_administrator(permissions: Iterable[str]) -> bool:
    return bool(powers(permissions) - {Power.BUSINESS})


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role as far as the rules about holding it need to know it."""

    code: str
    permissions: frozenset[str]
    exclusive_group: str


def excluded_by(wanted: HeldRole, held: Collection[HeldRole]) -> HeldRole | None:
    """The role already held that forbids `wanted`: of the same exclusive group, or of a power kept apart."""
    for role in held:
        if role.code == wanted.code:
            continue
        if wanted.exclusive_group and role.exclusive_group == wanted.exclusive_group:
            return role
        if mixes_powers(role.permissions | wanted.permissions):
            return role
    return None
