"""Typing in paper sheets: a row that can be right becomes a file, one that cannot waits as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.names import tidy
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound, Refused, Sentence
from fugong.enterprises import queries as enterprises
from fugong.people.choices import Way
from fugong.people.models import PaperRow, PaperSheet, Person
from fugong.people.operations.registering import register
from fugong.people.permissions import check_may_register_at
from fugong.people.rules.paper import MOST_ROWS, TypedRow


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a row: a person's file, or what is wrong with it, by field ("" for the whole row)."""

    person: Person | None
    problems: Mapping[str, Sentence] = field(default_factory=dict)


def begin_sheet(
    enterprise_id: UUID, *, number: str, starts_on: date, actor: Actor, now: datetime
) -> PaperSheet:
    """Raises NotFound, NotPermitted, Invalid without a number, Conflict where the number was typed before."""
    with operation("people.begin_sheet", actor=actor, now=now) as op:
        check_may_register_at(actor, enterprises.get_enterprise(actor, enterprise_id))
        number = tidy(number)
        if not number:
            sentence = _("Write the number that stands on the sheet, or give it one.")
            raise Invalid(sentence, code="no_number", fields={"number": sentence})
        sheet = _made(enterprise_id, number, starts_on, op=op)
        op.audit(sheet, {"enterprise": str(enterprise_id), "number": number})
        return sheet


def keep_row(sheet_id: UUID, place: int, typed: TypedRow, *, actor: Actor, now: datetime) -> Kept:
    """Makes a file of the row, or keeps it as typed with what is wrong. A row that is a file stays one.

    Locks the row. Raises NotFound (also for a place no sheet has), NotPermitted.
    """
    with operation("people.keep_row", actor=actor, now=now) as op:
        sheet = _found(sheet_id, place, actor=actor)
        row = _row(sheet, place, op=op)
        if row.person is not None:
            op.audit(sheet, {"place": place, "kept": True})
            return Kept(row.person)
        kept = _tried(sheet, typed, op=op)
        row.person, row.changed_at = kept.person, now
        row.typed = "" if kept.person or typed.is_empty else typed.written()
        row.save(update_fields=["person", "typed", "changed_at"])
        op.audit(sheet, {"place": place, "kept": kept.person is not None})
        return kept


def _made(enterprise_id: UUID, number: str, starts_on: date, *, op: Operation) -> PaperSheet:
    sheet = PaperSheet(
        authority_id=op.actor.authority_id,
        enterprise_id=enterprise_id,
        number=number,
        starts_on=starts_on,
        typed_at=op.now,
        typed_by=op.actor.user_id,
        typed_by_name=op.actor.name,
    )
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        sentence = _("A sheet with this number was begun already.")
        raise Conflict(sentence, code="number_known", fields={"number": sentence}) from None
    return sheet


def _found(sheet_id: UUID, place: int, *, actor: Actor) -> PaperSheet:
    sheet = PaperSheet.objects.filter(authority_id=actor.authority_id, id=sheet_id).first()
    if sheet is None or not 1 <= place <= MOST_ROWS:
        raise NotFound()
    check_may_register_at(actor, enterprises.get_enterprise(actor, sheet.enterprise_id))
    return sheet


def _row(sheet: PaperSheet, place: int, *, op: Operation) -> PaperRow:
    """Held, so that a row sent twice is kept once."""
    fresh = PaperRow(authority_id=sheet.authority_id, sheet=sheet, place=place, changed_at=op.now)
    PaperRow.objects.bulk_create([fresh], ignore_conflicts=True)
    rows = PaperRow.objects.filter(authority_id=sheet.authority_id, sheet=sheet, place=place)
    return rows.select_for_update(of=("self",)).select_related("person").get()


def _tried(sheet: PaperSheet, typed: TypedRow, *, op: Operation) -> Kept:
    if typed.is_empty:
        return Kept(None)
    work = typed.employment(sheet.enterprise_id, starts_on=sheet.starts_on)
    try:
        with transaction.atomic():
            return Kept(register(typed.person(), work, way=Way.PAPER, actor=op.actor, now=op.now))
    except Refused as refusal:
        return Kept(None, refusal.fields or {"": refusal.message})
