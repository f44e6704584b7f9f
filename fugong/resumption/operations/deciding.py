"""Keeping a decision with its reasons, so that "why?" has an answer for ever."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_noop

from fugong.core.canonical import digest
from fugong.core.decisions import Decision, EvidenceRef, Reason, Text
from fugong.core.decisions.recording import record_decision
from fugong.core.operation import Operation
from fugong.playbooks.facts import Reason as RouteReason
from fugong.resumption.choices import DecisionKind, StepState
from fugong.resumption.models import Application, Step, Suspension, Verification
from fugong.resumption.queries.terms import Terms


def decide(
    application: Application, outcome: str, *, reasons: Iterable[Reason], terms: Terms, op: Operation
) -> UUID:
    """The route's reasons stand first: why this applicant was judged this way at all."""
    decision = Decision(
        kind=DecisionKind.APPLICATION,
        outcome=outcome,
        reasons=(*route_reasons(terms), *reasons),
        evidence=tuple(_evidence(application)),
        playbook_id=terms.playbook.id,
        playbook_version=terms.playbook.version,
        at=op.now,
    )
    return record_decision(decision, subject=application, actor=op.actor).id


def decide_on_suspension(
    suspension: Suspension, outcome: str, *, reasons: Iterable[Reason], terms: tuple[str, str], op: Operation
) -> UUID:
    """`terms`: id and version of the playbook in force."""
    decision = Decision(
        kind=DecisionKind.SUSPENSION,
        outcome=outcome,
        reasons=tuple(reasons),
        evidence=(EvidenceRef("suspension", str(suspension.id), suspension.evidence[:200]),),
        playbook_id=terms[0],
        playbook_version=terms[1],
        at=op.now,
    )
    return record_decision(decision, subject=suspension, actor=op.actor).id


def route_reasons(terms: Terms) -> list[Reason]:
    return [_from_route(reason) for reason in terms.choice.reasons]


def step_reason(step: Step) -> Reason:
    """What one reviewer said."""
    return Reason(
        rule=f"step.{step.key}",
        clause=f"routes.{step.application.route_key}.steps.{step.key}",
        text=_OPINION_TEXTS[StepState(step.state)](step),
        satisfied=step.state == StepState.AGREED,
    )


def visit_reason(visit: Verification) -> Reason:
    said = gettext_noop("Verified on site by %(name)s: passed.")
    if not visit.passed:
        said = gettext_noop("Verified on site by %(name)s: not passed.")
    clause = f"routes.{visit.application.route_key}.visit_checks"
    return Reason("visit", clause, Text.message(said, name=visit.by_name), visit.passed)


def note_reason(rule: str, note: str, *, satisfied: bool, clause: str = "") -> Reason:
    """A person's own words: they stand in the language they were written in."""
    return Reason(rule, clause, Text.written(note), satisfied)


def _opinion(msgid: str, step: Step) -> Text:
    return Text.message(msgid, step=step.name, name=step.decided_by_name, note=step.opinion)


_OPINION_TEXTS = {
    StepState.AGREED: lambda step: _opinion(gettext_noop("%(step)s agreed (%(name)s). %(note)s"), step),
    StepState.RETURNED: lambda step: _opinion(
        gettext_noop("%(step)s asks for correction (%(name)s). %(note)s"), step
    ),
    StepState.REFUSED: lambda step: _opinion(gettext_noop("%(step)s refused (%(name)s). %(note)s"), step),
}


def _from_route(reason: RouteReason) -> Reason:
    return Reason(
        rule=reason.key,
        clause=reason.key,
        text=Text.written(reason.rule.zh, reason.rule.en),
        satisfied=True,
    )


def _evidence(application: Application) -> Iterable[EvidenceRef]:
    """The rows the decision stood on, by their content: the answers may change in a later
    application only.
    """
    answers = list(
        application.answers.order_by("standard", "item").values_list("standard", "item", "value", "note")
    )
    yield EvidenceRef("answers", str(application.id), "", digest(answers).hex())
    files = application.evidence.filter(removed_at=None).select_related("file").order_by("kind", "key", "id")
    for row in files:
        yield EvidenceRef(f"file.{row.kind}", str(row.file_id), row.file.name, row.file.sha256)
    for letter in application.letters.order_by("signed_at"):
        yield EvidenceRef("letter", str(letter.id), letter.key, letter.sha256)
    for visit in application.verifications.order_by("visited_at"):
        yield EvidenceRef("visit", str(visit.id), visit.by_name, _visit_digest(visit))


def _visit_digest(visit: Verification) -> str:
    rows: list[models.Model] = list(visit.items.order_by("position"))
    said = [[getattr(row, name) for name in ("key", "result", "count", "note")] for row in rows]
    return digest(said).hex()
