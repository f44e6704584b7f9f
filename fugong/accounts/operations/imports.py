"""Many users at once: what a list would do, and doing it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fugong.accounts import permissions, rules
from fugong.accounts.choices import Finding
from fugong.accounts.models import User
from fugong.accounts.operations.users import create_user
from fugong.accounts.rules import Line, Rows, UnreadableList
from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.punctuation import listed
from fugong.core.refusals import Conflict, Invalid
from fugong.core.tenancy import acting_for

HEADINGS = Path(__file__).resolve().parent.parent / "headings.toml"


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    known: int


@cache
def _headings() -> dict[str, str]:
    listed: dict[str, list[str]] = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))
    return {rules.importing.plain(spelt): field for field, spellings in listed.items() for spelt in spellings}


def preview_users(rows: Rows, *, actor: Actor) -> list[Line]:
    """What importing these rows would do, line by line; writes nothing. Raises Invalid for the list as a
    whole."""
    permissions.check_may_manage(actor)
    with acting_for(actor.authority_id):
        known = dict(User.objects.filter(authority_id=actor.authority_id).values_list("username", "name"))
    try:
        return rules.judge(rows, headings=_headings(), known=known)
    except UnreadableList as unreadable:
        raise Invalid(
            unreadable.sentence, code="unreadable_list", fields={"file": unreadable.sentence}
        ) from None


def import_users(rows: Rows, *, actor: Actor, now: datetime) -> Imported:
    """Adds the new ones, all or none; a second time it changes nothing.

    Judges the rows again, for users may have been added since the preview. Refuses the list while a line is
    wrong, and when a user name belongs to another authority of this deployment, which no preview can see.
    """
    with operation("accounts.import_users", actor=actor, now=now) as op:
        lines = preview_users(rows, actor=actor)
        _check_no_faults(lines)
        new = [line for line in lines if line.finding is Finding.NEW]
        for line in new:
            _add(line, actor=actor, now=now)
        op.audit(None, {"added": len(new), "known": len(lines) - len(new)})
    return Imported(added=len(new), known=len(lines) - len(new))


def _check_no_faults(lines: Sequence[Line]) -> None:
    wrong = [str(line.number) for line in lines if line.finding is Finding.WRONG]
    if wrong:
        raise Invalid(
            _("Nothing was imported. Correct these rows first: %(rows)s.") % {"rows": listed(wrong[:20])},
            code="wrong_rows",
        )


def _add(line: Line, *, actor: Actor, now: datetime) -> None:
    try:
        create_user(line.username, name=line.name, phone=line.phone, actor=actor, now=now)
    except Conflict as refusal:
        raise Conflict(
            _("Nothing was imported. Row %(row)s: %(why)s") % {"row": line.number, "why": refusal},
            code=refusal.code,
        ) from None
