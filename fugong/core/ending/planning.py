"""What is due, counted and hashed: the paper that two people approve before anything goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.canonical import Json, digest
from fugong.core.clock import local_date
from fugong.core.ending.choices import Mode
from fugong.core.ending.models import DestructionPlan
from fugong.core.ending.scope import (
    Branch,
    Root,
    branches,
    days_of,
    due_roots,
    emergency_roots,
    files_of,
    kept_of,
    model_of,
    rows_of,
)
from fugong.core.ending.shredding import KeyPart, keys_to_go
from fugong.core.files.models import StoredFile
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, NotPermitted
from fugong.core.retention.rules import Term
from fugong.core.retention.terms import SEE, emergency_ended_on, terms

FILES: Final = "core.StoredFile"


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table: how many, and one hash over their ids in order. Rows that go along have no hash; of
    a table that ends day by day, `days` says how many of each day, and the hash is over that.
    """

    model: str
    retention: str
    fate: str
    before: str | None
    rows: int
    ids: str = ""
    days: tuple[tuple[str, int], ...] = ()

    @property
    def root(self) -> Root:
        return Root(self.model, self.retention, date.fromisoformat(self.before) if self.before else None)


@dataclass(frozen=True, slots=True)
class Contents:
    """`parts` end by themselves, `along` belong to them, `keys` open nothing that stays."""

    parts: tuple[Part, ...]
    along: tuple[Part, ...]
    keys: tuple[KeyPart, ...]

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.keys

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def contents_of(plan: DestructionPlan) -> Contents:
    stored = plan.contents
    return Contents(
        parts=tuple(_part(part) for part in stored["parts"]),
        along=tuple(_part(part) for part in stored["along"]),
        keys=tuple(KeyPart(**key) for key in stored["keys"]),
    )


def _part(stored: dict[str, Any]) -> Part:
    return Part(**stored | {"days": tuple((day, rows) for day, rows in stored.get("days", ()))})


def draw_up(mode: Mode, authority_id: UUID, *, today: date) -> Contents:
    """Counts every due row once. Inside `acting_for`."""
    found = terms(authority_id, on=today)
    roots = _roots(mode, found, authority_id, today)
    parts = tuple(part for part in (counted(root, authority_id) for root in roots) if part.rows)
    along = _along([part.root for part in parts], authority_id)
    return Contents(parts, along, tuple(keys_to_go(mode, roots, authority_id)))


def counted(root: Root, authority_id: UUID) -> Part:
    """The rows of a root that are due now."""
    if kept_of(root.model).daily:
        return _counted_by_day(root, authority_id)
    rows, hashed = 0, sha256()
    for pk in (
        rows_of(root, authority_id).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000)
    ):
        hashed.update(str(pk).encode() + b"\n")
        rows += 1
    before = root.before.isoformat() if root.before else None
    return Part(root.model, root.retention, root.fate.value, before, rows, hashed.hexdigest())


def _counted_by_day(root: Root, authority_id: UUID) -> Part:
    """Rows by the hundred million have no list of ids: each day with its number stands for them."""
    days = tuple((day.isoformat(), rows) for day, rows in days_of(root, authority_id))
    hashed = sha256("".join(f"{day} {rows}\n" for day, rows in days).encode())
    before = root.before.isoformat() if root.before else None
    whole = sum(rows for _day, rows in days)
    return Part(root.model, root.retention, root.fate.value, before, whole, hashed.hexdigest(), days)


def plan_destruction(mode: Mode, *, actor: Actor, now: datetime) -> DestructionPlan:
    """Keeps what is due today as a plan with a number. Raises NotPermitted, Conflict when nothing is due."""
    with operation("destruction.plan", actor=actor, now=now) as op:
        if not (actor.is_system or actor.may(SEE)):
            raise NotPermitted()
        today = local_date(now)
        contents = draw_up(mode, actor.authority_id, today=today)
        if contents.is_empty:
            raise Conflict(_("Nothing is due: there is nothing to destroy."), code="nothing_due")
        plan = DestructionPlan(
            authority_id=actor.authority_id,
            number=_next_number(actor.authority_id),
            mode=mode,
            as_of=today,
            contents=contents.as_json(),
            made_at=now,
            made_by=actor.user_id,
            made_by_name=actor.name,
        )
        plan.digest = plan_digest(plan)
        plan.save(force_insert=True)
        rows: dict[str, Json] = {part.model: part.rows for part in contents.parts}
        op.audit(plan, {"number": plan.number, "mode": mode.value, "rows": rows, "digest": plan.digest})
        return plan


def plan_digest(plan: DestructionPlan) -> str:
    kept = {"number": plan.number, "mode": plan.mode, "as_of": plan.as_of, "contents": plan.contents}
    return digest({"v": 1, "authority": plan.authority_id, **kept}).hex()


def _roots(mode: Mode, found: dict[str, Term], authority_id: UUID, today: date) -> list[Root]:
    if mode is Mode.DUE:
        return due_roots(found, today=today)
    return emergency_roots(found, ended_on=emergency_ended_on(authority_id), today=today)


def _along(roots: Iterable[Root], authority_id: UUID) -> tuple[Part, ...]:
    """Rows of other tables, counted once each, also where they belong to two that go."""
    whole = {root.model for root in roots if root.before is None}
    found: dict[str, QuerySet[Any]] = {}
    for root in roots:
        if root.fate == "destroy":
            _gather(root.model, rows_of(root, authority_id), found, frozenset({root.model}))
    counts = {label: rows.count() for label, rows in found.items() if label not in whole}
    return tuple(Part(label, "", "destroy", None, rows) for label, rows in counts.items() if rows)


def _gather(
    label: str, parents: QuerySet[Any], found: dict[str, QuerySet[Any]], above: frozenset[str]
) -> None:
    for column in files_of(label):
        rows = StoredFile.objects.filter(id__in=parents.order_by().values(column))
        found[FILES] = found[FILES] | rows if FILES in found else rows
    for branch in branches(label):
        rows = _belonging(branch, parents)
        found[branch.model] = found[branch.model] | rows if branch.model in found else rows
        if branch.model not in above:
            _gather(branch.model, rows, found, above | {branch.model})


def _belonging(branch: Branch, parents: QuerySet[Any]) -> QuerySet[Any]:
    manager = model_of(branch.model)._default_manager
    return manager.filter(branch.only, **{f"{branch.column}__in": parents.order_by().values("pk")})


def _next_number(authority_id: UUID) -> int:
    last = DestructionPlan.objects.filter(authority_id=authority_id).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1
