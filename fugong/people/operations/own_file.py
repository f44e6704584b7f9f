"""A person acts on the own file: corrects it, says something against it, takes a copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted, Sentence
from fugong.duties import operations as duties
from fugong.duties.choices import DutyOwner, DutySubject, owed_by_enterprise, owed_by_holders
from fugong.enterprises import queries as enterprises
from fugong.people.choices import ANSWER_DUTY, PERSON, REGISTER, Answer, DocumentKind, Entry
from fugong.people.models import Challenge, Person
from fugong.people.operations.checks import checked, locked
from fugong.people.operations.correcting import apply
from fugong.people.permissions import check_may_register_at
from fugong.people.queries.people import data_of
from fugong.people.rules.documents import BadDocument, normalised
from fugong.people.rules.documents import checked as checked_number
from fugong.playbooks import queries as playbooks

WORKING_DAYS_TO_ANSWER = 3
MOST_SAID = 500
MOST_OPEN = 20


def correct_own(
    person_id: UUID, *, phone: str, lodging: str, seen_at: datetime, actor: Actor, now: datetime
) -> Person:
    """Telephone and lodging, at once: nobody knows them better. An empty telephone stays as it was.

    Locks the person. Raises NotFound, NotPermitted for anybody else, Invalid with the fields at fault,
    Conflict when somebody else changed the file in between.
    """
    with operation("people.correct_own", actor=actor, now=now) as op:
        person = _own(person_id, actor=actor)
        if person.changed_at != seen_at:
            raise Conflict(_("Somebody else has changed this file. Load it again."), code="overtaken")
        before = data_of(person)
        said = replace(before, phone=phone or before.phone, lodging=lodging)
        apply(person, checked(said, now=now), op=op)
        return person


def challenge(person_id: UUID, *, entry: str, said: str, actor: Actor, now: datetime) -> Challenge:
    """A note beside an entry, and a duty to answer it: of the enterprise, or of the office without one.

    Locks the person. Raises NotFound, NotPermitted for anybody else, Invalid with the fields at fault,
    Conflict where too many are open.
    """
    with operation("people.challenge", actor=actor, now=now) as op:
        person = _own(person_id, actor=actor)
        _check_said(entry, said)
        rows = Challenge.objects.filter(authority_id=person.authority_id, person=person, answered_at=None)
        if rows.count() >= MOST_OPEN:
            raise Conflict(_("Wait until what you said before is answered."), code="too_many_open")
        row = Challenge.objects.create(
            authority_id=person.authority_id, person=person, entry=entry, said=said.strip(), given_at=now
        )
        op.audit(person, {"challenge": str(row.id), "entry": entry})
        _owe_answer(person, op=op)
        return row


def answer_challenge(
    challenge_id: UUID, *, outcome: str, answer: str, actor: Actor, now: datetime
) -> Challenge:
    """By whoever keeps the file. The person reads it on the own page.

    Locks the person. Raises NotFound, NotPermitted, Invalid with the fields at fault, Conflict when it was
    answered already.
    """
    with operation("people.answer_challenge", actor=actor, now=now) as op:
        row = _found(challenge_id, actor=actor)
        if row.answered_at is not None:
            raise Conflict(_("This was answered already."), code="answered")
        _check_answer(outcome, answer)
        row.outcome, row.answer = outcome, answer.strip()
        row.answered_at, row.answered_by, row.answered_by_name = now, actor.user_id, actor.name
        row.save(update_fields=["outcome", "answer", "answered_at", "answered_by", "answered_by_name"])
        op.audit(row.person, {"challenge": str(row.id), "entry": row.entry, "outcome": outcome})
        _settle(row.person, op=op)
        return row


def take_copy(person_id: UUID, *, number: str, actor: Actor, now: datetime) -> Person:
    """Records that the person took a copy with all numbers, who has shown to know the document's.

    A phone may be in other hands. Raises NotFound, NotPermitted for anybody else, Invalid for another number.
    """
    with operation("people.take_copy", actor=actor, now=now) as op:
        person = _own(person_id, actor=actor)
        if not _is_number_of(person, number, now=now):
            sentence = _("This is not the number of your document as your file has it.")
            raise Invalid(sentence, code="other_number", fields={"number": sentence})
        op.audit(person, {})
        return person


def _own(person_id: UUID, *, actor: Actor) -> Person:
    if actor.person_id is None or actor.person_id != person_id:
        raise NotPermitted()
    return locked(person_id, actor=actor)


def _is_number_of(person: Person, number: str, *, now: datetime) -> bool:
    """Also in its old form of 15 digits."""
    try:
        given = checked_number(DocumentKind(person.document_kind), number, today=local_date(now))
    except BadDocument:
        return False
    return normalised(given) == normalised(str(person.document))


def _check_said(entry: str, said: str) -> None:
    problems: dict[str, Sentence] = {}
    if entry not in Entry.values:
        problems["entry"] = _("Choose which entry.")
    if not said.strip():
        problems["said"] = _("Say what is wrong, and how it is right.")
    elif len(said.strip()) > MOST_SAID:
        problems["said"] = _("Say it in at most %(limit)s characters.") % {"limit": MOST_SAID}
    if problems:
        raise Invalid(next(iter(problems.values())), code="incomplete", fields=problems)


def _check_answer(outcome: str, answer: str) -> None:
    problems: dict[str, Sentence] = {}
    if outcome not in Answer.values:
        problems["outcome"] = _("Choose what becomes of the entry.")
    if not answer.strip():
        problems["answer"] = _("Give the reason: the person reads it.")
    elif len(answer.strip()) > MOST_SAID:
        problems["answer"] = _("Say it in at most %(limit)s characters.") % {"limit": MOST_SAID}
    if problems:
        raise Invalid(next(iter(problems.values())), code="incomplete", fields=problems)


def _found(challenge_id: UUID, *, actor: Actor) -> Challenge:
    """With its person locked, and the permission checked. A worker answers nothing, not even the own."""
    row = Challenge.objects.filter(authority_id=actor.authority_id, id=challenge_id).first()
    if row is None or actor.person_id is not None:
        raise NotFound()
    row.person = locked(row.person_id, actor=actor)
    if row.person.enterprise_id is not None:
        check_may_register_at(actor, enterprises.get_enterprise(actor, row.person.enterprise_id))
    elif not (actor.is_system or (actor.may(REGISTER) and actor.reach(REGISTER).everywhere)):
        raise NotPermitted()
    row.refresh_from_db(fields=["outcome", "answered_at"])
    return row


def _owe_answer(person: Person, *, op: Operation) -> None:
    duties.owe(
        kind=ANSWER_DUTY,
        subject=DutySubject(PERSON, person.id, person.name, reverse("people:detail", args=[person.id])),
        owner=_owner(person),
        due_at=playbooks.due_after(WORKING_DAYS_TO_ANSWER, start=op.now),
        opened_at=op.now,
        op=op,
    )


def _owner(person: Person) -> DutyOwner:
    place: Any = person.enterprise
    return owed_by_enterprise(place.id, area_id=place.area_id) if place else owed_by_holders(REGISTER)


def _settle(person: Person, *, op: Operation) -> None:
    rows = Challenge.objects.filter(authority_id=person.authority_id, person=person, answered_at=None)
    if not rows.exists():
        duties.settle(kind=ANSWER_DUTY, subject_id=person.id, at=op.now, op=op)
