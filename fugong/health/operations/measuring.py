"""What a thermometer sends at once: each line is kept or told, and a call sent twice is answered the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Invalid
from fugong.health.choices import Way
from fugong.health.models import HealthReport, Kiosk, KioskCall
from fugong.health.operations.clearing import note_reports
from fugong.health.operations.keeping import Sent, after_keeping, judged, or_raced, row_of, tick_all
from fugong.health.queries.reports import latest_of_day
from fugong.health.queries.terms import Terms, get_terms
from fugong.health.rules.days import problem_of_clock
from fugong.health.rules.problems import Problem
from fugong.health.rules.reports import ReportData, Said
from fugong.people import queries as people
from fugong.people.queries import AtWork

LINES_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement. The person is known by the id on the badge, or by the number an ID reader reads."""

    temperature: str
    measured_at: datetime
    person_id: UUID | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one line; `code` and `message` say why it was not kept."""

    index: int
    kept: bool
    code: str = ""
    field: str = ""
    message: str = ""

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in Answer.__slots__}


def measure(
    kiosk: Kiosk, lines: Sequence[Measured], *, key: str, body: bytes, now: datetime
) -> list[dict[str, object]]:
    """Keeps what can be kept. Raises Invalid for a key that was used with other content."""
    actor = actor_of(kiosk)
    with or_raced(), operation("health.measure", actor=actor, now=now) as op:
        call = KioskCall(
            authority_id=kiosk.authority_id,
            kiosk=kiosk,
            key=key,
            body_hash=hashlib.sha256(body).digest(),
            answer=[],
            recorded_at=now,
        )
        if earlier := _earlier(call):
            op.audit(kiosk, {"again": key})
            return earlier
        call.answer = [answer.as_json() for answer in _kept(kiosk, lines, op)]
        try:
            with transaction.atomic():
                call.save(force_insert=True)
        except IntegrityError as error:
            raise Invalid(_("This call is being answered already."), code="under_way") from error
        answer: list[dict[str, object]] = call.answer
        return answer


def actor_of(kiosk: Kiosk) -> Actor:
    """The thermometer itself. It sees the people of its enterprise and nobody else."""
    return Actor(None, kiosk.authority_id, kiosk.name, enterprises=frozenset({kiosk.enterprise_id}))


def _earlier(call: KioskCall) -> list[dict[str, object]] | None:
    found = KioskCall.objects.filter(authority_id=call.authority_id, kiosk=call.kiosk, key=call.key).first()
    if found is None:
        return None
    if bytes(found.body_hash) != call.body_hash:
        sentence = _("This key was used for something else. Send a new one.")
        raise Invalid(sentence, code="key_reused", fields={"Idempotency-Key": sentence})
    answer: list[dict[str, object]] = found.answer
    return answer


def _kept(kiosk: Kiosk, lines: Sequence[Measured], op: Operation) -> list[Answer]:
    terms = get_terms(local_date(op.now))
    found = _people(kiosk, lines, op.actor)
    answers: list[Answer] = []
    rows: list[HealthReport] = []
    latest: dict[tuple[UUID, object], HealthReport | None] = {}
    for index, line in enumerate(lines):
        person = found.get(index)
        result = _one(kiosk, person, line, latest, terms, op)
        if isinstance(result, HealthReport):
            rows.append(result)
            answers.append(Answer(index, kept=True))
        else:
            field, problem = result
            answers.append(Answer(index, False, problem.code, field, str(problem.sentence)))
    if rows:
        note_reports(_last_of_each(rows), op)
    op.audit(kiosk, {"kept": [str(row.person_id) for row in rows], "lines": len(lines)})
    tick_all(rows, op)
    return answers


def _one(
    kiosk: Kiosk,
    person: AtWork | None,
    line: Measured,
    latest: dict[tuple[UUID, object], HealthReport | None],
    terms: Terms,
    op: Operation,
) -> HealthReport | tuple[str, Problem]:
    if person is None:
        field = "document" if line.document else "person"
        return field, Problem("nobody_here", _("Nobody of this enterprise is known by this."))
    if wrong := problem_of_clock(line.measured_at, now=op.now):
        return "measured_at", wrong
    day = local_date(line.measured_at)
    place = (person.person_id, day)
    if place not in latest:
        latest[place] = latest_of_day([person.person_id], day, actor=op.actor).get(person.person_id)
    before = latest[place]
    said = judged(ReportData(day, line.temperature), before, terms, now=op.now)
    if not isinstance(said, Said):
        return next(iter(said.items()))
    row = row_of(person, said, before, Sent(Way.KIOSK, line.measured_at, str(kiosk.id)), op=op)
    row.save(force_insert=True)
    after_keeping(person, row, said, before, terms, op)
    latest[place] = row
    return row


def _people(kiosk: Kiosk, lines: Sequence[Measured], actor: Actor) -> Mapping[int, AtWork]:
    """By the place of the line. Only people who work at the thermometer's enterprise now."""
    numbers = {line.document for line in lines if line.document}
    by_document = people.ids_by_document(numbers, actor=actor)
    asked = {index: line.person_id or by_document.get(line.document) for index, line in enumerate(lines)}
    known = people.at_work({who for who in asked.values() if who}, actor=actor)
    here = {
        who: person
        for who, person in known.items()
        if person.place is not None and person.place.id == kiosk.enterprise_id
    }
    return {index: here[who] for index, who in asked.items() if who in here}


def _last_of_each(rows: Sequence[HealthReport]) -> list[HealthReport]:
    return list({row.person_id: row for row in rows}.values())
