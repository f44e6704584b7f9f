"""The destruction itself: batch by batch, each whole or not at all, by the role that owns the tables.

The application's own role cannot delete these rows, so no fault of a page and no stolen session can do what
is done here. A run that is killed is run again: what is gone is gone with its batch row, what is left is
still due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import ProgrammingError, connections, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.ending.approving import is_approved
from fugong.core.ending.choices import Fate
from fugong.core.ending.days import Progress, end_days
from fugong.core.ending.ledger import OWNER, Ledger, NotTheOwner, act_for
from fugong.core.ending.models import DestructionPlan, DestructionStart
from fugong.core.ending.planning import FILES, Contents, Part, contents_of, counted, plan_digest
from fugong.core.ending.scope import (
    Branch,
    branches,
    files_of,
    has_own_ids,
    kept_of,
    letting_go,
    model_of,
    rows_of,
)
from fugong.core.ending.staying import figures_of, totals_of
from fugong.core.files import remove_contents, remove_strays
from fugong.core.files.models import StoredFile
from fugong.core.operation import operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for

AT_A_TIME: Final = 500
__all__ = ["NotTheOwner", "RunsElsewhere", "begin", "destroy_rows"]


class RunsElsewhere(RuntimeError):
    """Another run is at work."""


def begin(plan: DestructionPlan, *, actor: Actor, now: datetime) -> DestructionStart:
    """Checks that what is due is what was approved, and keeps what stays. One that began already goes on.

    Raises Conflict for a plan that is not approved, was altered, or is overtaken by what was written since.
    """
    earlier = DestructionStart.objects.filter(plan=plan).first()
    if earlier is not None:
        return earlier
    with operation("destruction.begin", actor=actor, now=now) as op:
        contents = contents_of(plan)
        _check_is_approved(plan)
        _check_is_current(contents, plan.authority_id)
        models = frozenset(part.model for part in (*contents.parts, *contents.along))
        start = DestructionStart.objects.create(
            authority_id=plan.authority_id,
            plan=plan,
            totals=totals_of(models, plan.authority_id),
            figures=figures_of(models, plan.authority_id),
            at=now,
            by_name=actor.name,
        )
        op.audit(plan, {"number": plan.number, "digest": plan.digest})
        return start


def destroy_rows(plan: DestructionPlan, *, now: datetime, tell: Progress, at_a_time: int = AT_A_TIME) -> int:
    """All that is left of a plan that began; returns how many rows went this time. Files of rows go too, also
    those that a killed run left behind.

    Raises NotTheOwner, and RunsElsewhere while another run holds the plan.
    """
    with _alone(plan):
        gone = sum(
            _end_part(plan, part, now=now, tell=tell, at_a_time=at_a_time) for part in contents_of(plan).parts
        )
        remove_strays(plan.authority_id, wall_clock=datetime.now(UTC))
        return gone


def _end_part(plan: DestructionPlan, part: Part, *, now: datetime, tell: Progress, at_a_time: int) -> int:
    if kept_of(part.model).daily:
        return end_days(plan, part, now=now, tell=tell)
    gone, ended = 0, 0
    tell(part.model, ended, part.rows)
    while True:
        roots, rows = _end_batch(plan, part, now=now, at_a_time=at_a_time)
        gone, ended = gone + rows, ended + roots
        # What went along with another table is not counted here: at the end nothing of the part is left.
        tell(part.model, min(ended, part.rows) if roots else part.rows, part.rows)
        if not roots:
            return gone


def _end_batch(plan: DestructionPlan, part: Part, *, now: datetime, at_a_time: int) -> tuple[int, int]:
    """Rows and all that belongs to them in one transaction: nobody is ever half gone."""
    with transaction.atomic(using=OWNER):
        act_for(plan.authority_id)
        due = rows_of(part.root, plan.authority_id, using=OWNER).order_by("pk")
        ids = list(due.select_for_update(of=("self",)).values_list("pk", flat=True)[:at_a_time])
        if not ids:
            return 0, 0
        batch = _Batch(plan, now)
        if part.fate == Fate.BLANK:
            batch.empty(part.model, ids)
        else:
            batch.take(part.model, ids)
    # Only when the rows are gone for good. A run that is killed here leaves strays, see `destroy_rows`.
    remove_contents(plan.authority_id, batch.contents)
    return len(ids), batch.rows


class _Batch(Ledger):
    """What goes in one transaction of the owner, written down beside it."""

    def __init__(self, plan: DestructionPlan, now: datetime) -> None:
        super().__init__(plan, now)
        self.contents: set[str] = set()

    def take(self, label: str, ids: Sequence[UUID]) -> None:
        """What belongs to the rows goes before them."""
        for branch in letting_go(label):
            self._rows(branch, ids).update(**{branch.column: None})
        for branch in branches(label):
            self._take_branch(branch, ids)
        files = [each for column in files_of(label) for each in self._files(label, column, ids)]
        self._write_down(label, Fate.DESTROY, "id", ids)
        self._raw_delete(label, "id", ids)
        self._take_files(files)

    def empty(self, label: str, ids: Sequence[UUID]) -> None:
        self._write_down(label, Fate.BLANK, "id", ids)
        blank = dict(kept_of(label).blank)
        model_of(label)._default_manager.using(OWNER).filter(pk__in=ids).update(**blank)

    def _files(self, label: str, column: str, ids: Sequence[UUID]) -> list[UUID]:
        rows = model_of(label)._default_manager.using(OWNER).filter(pk__in=ids)
        return list(rows.exclude(**{column: None}).values_list(column, flat=True))

    def _take_files(self, ids: Sequence[UUID]) -> None:
        rows = StoredFile.objects.using(OWNER).filter(id__in=ids)
        self.contents |= set(rows.values_list("sha256", flat=True))
        self._write_down(FILES, Fate.DESTROY, "id", ids)
        self._raw_delete(FILES, "id", ids)

    def _take_branch(self, branch: Branch, ids: Sequence[UUID]) -> None:
        if not has_own_ids(branch.model):
            self._write_down(branch.model, Fate.DESTROY, branch.column, ids)
            self._raw_delete(branch.model, branch.column, ids)
            return
        own = list(self._rows(branch, ids).values_list("pk", flat=True))
        if own:
            self.take(branch.model, own)

    def _rows(self, branch: Branch, ids: Sequence[UUID]) -> Any:
        manager = model_of(branch.model)._default_manager.using(OWNER)
        return manager.filter(branch.only, **{f"{branch.column}__in": ids})

    def _write_down(self, label: str, fate: Fate, column: str, ids: Sequence[UUID]) -> None:
        self.write(label, fate, *_content(label, column, ids))

    def _raw_delete(self, label: str, column: str, ids: Sequence[UUID]) -> None:
        table = connections[OWNER].ops.quote_name(model_of(label)._meta.db_table)
        with connections[OWNER].cursor() as cursor:
            try:
                cursor.execute(f'delete from {table} where "{column}" = any(%s)', [list(ids)])  # noqa: S608
            except ProgrammingError as error:
                raise NotTheOwner(str(error)) from error


def _content(label: str, column: str, ids: Sequence[UUID]) -> tuple[int, str]:
    """How many, and one hash over what they said. No hash of a single row is kept: from the hash of one row
    that says little, somebody could try out what it said.
    """
    table = connections[OWNER].ops.quote_name(model_of(label)._meta.db_table)
    query = f"""
        select count(*), encode(sha256(coalesce(string_agg(said, ''::bytea order by said), ''::bytea)), 'hex')
          from (select sha256(convert_to(to_jsonb(t)::text, 'UTF8')) as said
                  from {table} t where t."{column}" = any(%s)) as each
    """  # noqa: S608 - names of our own tables and columns
    with connections[OWNER].cursor() as cursor:
        cursor.execute(query, [list(ids)])
        rows, digest = cursor.fetchone()
    return int(rows), str(digest)


def _check_is_approved(plan: DestructionPlan) -> None:
    if plan.digest != plan_digest(plan):
        raise Conflict(_("The plan is not what was approved: it has been altered."), code="altered")
    if not is_approved(plan):
        raise Conflict(_("Both sides have to approve the plan first."), code="not_approved")


def _check_is_current(contents: Contents, authority_id: UUID) -> None:
    for part in contents.parts:
        now_due = counted(part.root, authority_id)
        if now_due != part:
            raise Conflict(
                _("%(table)s: %(planned)s rows were approved, now others are due: %(found)s. Plan anew.")
                % {"table": part.model, "planned": part.rows, "found": now_due.rows},
                code="overtaken",
            )


@contextmanager
def _alone(plan: DestructionPlan) -> Iterator[None]:
    """Goes with the session: a killed run holds nobody up."""
    name = f"fugong.destroy.{plan.id}"
    with acting_for(plan.authority_id), connections[OWNER].cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (is_ours,) = cursor.fetchone()
        if not is_ours:
            raise RunsElsewhere("Another run of this plan is at work.")
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [name])
