"""Applications, visits and certificates as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.core.clock import to_the_minute
from fugong.core.decisions import EvidenceRef
from fugong.core.decisions.models import DecisionRecord
from fugong.core.punctuation import labelled
from fugong.core.web.parts import Clock, Status, Step, Term, Tone, Why, WhyReason, clock, duration
from fugong.enterprises.choices import Industry, SizeClass
from fugong.playbooks.facts import Playbook
from fugong.resumption.choices import (
    ApplicationState,
    CertificateState,
    EventKind,
    Implausible,
    Purpose,
    Side,
    StepState,
    SuspensionReason,
    SuspensionState,
)
from fugong.resumption.models import (
    Application,
    ApplicationEvent,
    ProductionReport,
    Suspension,
    Verification,
)
from fugong.resumption.models import Step as ReviewStep
from fugong.resumption.queries.applications import side_times
from fugong.resumption.queries.clauses import clause_words
from fugong.resumption.queries.suspensions import list_suspensions_of
from fugong.resumption.queries.terms import Terms, say
from fugong.resumption.rules.transitions import side_of

STATE_TONES = {
    ApplicationState.DRAFT: (Tone.NEUTRAL, "pencil"),
    ApplicationState.SUBMITTED: (Tone.WAITING, "hourglass"),
    ApplicationState.RETURNED: (Tone.WARNING, "arrow-back-up"),
    ApplicationState.WITHDRAWN: (Tone.NEUTRAL, "circle-minus"),
    ApplicationState.APPROVED: (Tone.GOOD, "circle-check"),
    ApplicationState.REFUSED: (Tone.BAD, "circle-x"),
}
STEP_TONES = {
    StepState.WAITING: (Tone.NEUTRAL, "circle-dashed"),
    StepState.OPEN: (Tone.WAITING, "hourglass"),
    StepState.AGREED: (Tone.GOOD, "circle-check"),
    StepState.RETURNED: (Tone.WARNING, "arrow-back-up"),
    StepState.REFUSED: (Tone.BAD, "circle-x"),
    StepState.SKIPPED: (Tone.NEUTRAL, "circle-minus"),
}
EVENT_TONES = {
    EventKind.OPENED: (Tone.NEUTRAL, "pencil"),
    EventKind.SUBMITTED: (Tone.WAITING, "send"),
    EventKind.RESUBMITTED: (Tone.WAITING, "send"),
    EventKind.WITHDRAWN: (Tone.NEUTRAL, "circle-minus"),
    EventKind.VERIFIED: (Tone.NEUTRAL, "clipboard-check"),
    EventKind.AGREED: (Tone.GOOD, "check"),
    EventKind.OBJECTED: (Tone.WARNING, "message-report"),
    EventKind.RETURNED: (Tone.WARNING, "arrow-back-up"),
    EventKind.REFUSED: (Tone.BAD, "circle-x"),
    EventKind.APPROVED: (Tone.GOOD, "rubber-stamp"),
    EventKind.MOOT: (Tone.NEUTRAL, "circle-minus"),
    EventKind.LEFT: (Tone.NEUTRAL, "circle-minus"),
}
CERTIFICATE_TONES = {
    CertificateState.VALID: (Tone.GOOD, "shield-check"),
    CertificateState.SUSPENDED: (Tone.BAD, "player-pause"),
    CertificateState.REVOKED: (Tone.BAD, "shield-x"),
}
SUSPENSION_TONES = {
    SuspensionState.PROPOSED: (Tone.WARNING, "hourglass"),
    SuspensionState.IN_FORCE: (Tone.BAD, "player-pause"),
    SuspensionState.DECLINED: (Tone.NEUTRAL, "circle-minus"),
    SuspensionState.LIFTED: (Tone.GOOD, "player-play"),
    SuspensionState.LAPSED: (Tone.GOOD, "player-play"),
}
EVIDENCE_LABELS = {
    "answers": _("Answers"),
    "letter": _("Letter of commitment"),
    "visit": _("Verification on site"),
}
OUTCOME_LABELS = {**dict(ApplicationState.choices), **dict(SuspensionState.choices)}


def status_of(application: Application) -> Status:
    state = ApplicationState(application.state)
    return Status(state.label, *STATE_TONES[state])


def step_status(step: ReviewStep) -> Status:
    state = StepState(step.state)
    return Status(state.label, *STEP_TONES[state])


def certificate_status(state: str) -> Status:
    known = CertificateState(state)
    return Status(known.label, *CERTIFICATE_TONES[known])


def suspension_status(state: str) -> Status:
    known = SuspensionState(state)
    return Status(known.label, *SUSPENSION_TONES[known])


def visit_status(visit: Verification) -> Status:
    if visit.passed:
        return Status(_("Passed"), Tone.GOOD)
    return Status(_("Failed on a veto check") if visit.vetoed else _("Not passed"), Tone.BAD)


def clock_of(application: Application, *, now: datetime) -> Clock | None:
    """The authority's legal clock; it stands still while the enterprise corrects. None when nobody's clock
    runs.
    """
    side = side_of(application.state)
    if application.due_at is None or side is Side.NOBODY:
        return None
    return clock(application.due_at, now=now, side=side.label, stopped=side is Side.ENTERPRISE)


def step_clock(step: ReviewStep, *, now: datetime) -> Clock | None:
    return clock(step.due_at, now=now) if step.state == StepState.OPEN and step.due_at else None


def known_terms(application: Application) -> list[Term]:
    """What the register says: shown to the enterprise and never asked of it again."""
    enterprise = application.enterprise
    return [
        Term(_("Enterprise"), enterprise.name, reverse("enterprises:detail", args=[enterprise.id])),
        Term(_("Unified social credit code"), enterprise.credit_code),
        Term(_("Size class"), SizeClass(enterprise.size_class).label),
        Term(_("Industry"), Industry(enterprise.industry).label),
        Term(_("Park"), enterprise.area.name),
        Term(_("Normal number of staff"), enterprise.normal_staff),
    ]


def plan_terms(application: Application, terms: Terms) -> list[Term]:
    route = say(terms.route.name) if terms.route else ""
    return [
        Term(_("Purpose"), Purpose(application.purpose).label),
        Term(_("Work to start on"), application.planned_on.isoformat() if application.planned_on else ""),
        Term(_("People on post"), application.planned_staff),
        Term(_("Route"), route),
        Term(_("Wave"), _wave(application, terms)),
        *([Term(_("Round"), application.round)] if application.round > 1 else []),
        Term(_("Submitted"), moment(application.submitted_at)),
    ]


def _wave(application: Application, terms: Terms) -> str:
    wave = terms.playbook.policy.waves.get(application.wave_key)
    return say(wave.name) if wave else ""


def visit_terms(application: Application) -> list[Term]:
    """What somebody on the way there has to know."""
    enterprise = application.enterprise
    return [
        Term(_("Enterprise"), enterprise.name, reverse("enterprises:detail", args=[enterprise.id])),
        Term(_("Address"), enterprise.address or enterprise.area.name),
        Term(_("People on post, as planned"), application.planned_staff),
    ]


def moment(at: datetime | None) -> str:
    """In China's time, as everywhere on the pages."""
    return to_the_minute(at)


def side_terms(events: Sequence[ApplicationEvent], *, now: datetime) -> list[Term]:
    times = side_times(events, now=now)
    return [
        Term(_("Time with the authority"), duration(times[Side.AUTHORITY])),
        Term(_("Time with the enterprise"), duration(times[Side.ENTERPRISE])),
    ]


def steps_of(events: Sequence[ApplicationEvent], whys: Mapping[UUID, Why]) -> list[Step]:
    """The application's own timeline, the newest first."""
    return [
        event_step(event, why=whys.get(event.decision_id) if event.decision_id else None)
        for event in reversed(events)
    ]


def event_step(
    event: ApplicationEvent, *, why: Why | None = None, title_prefix: str = "", url: str = ""
) -> Step:
    kind = EventKind(event.kind)
    tone, icon = EVENT_TONES[kind]
    if kind is EventKind.VERIFIED and not event.detail.get("passed", True):
        tone = Tone.BAD
    return Step(
        title=_title(event),
        at=event.at,
        by=event.by_name,
        note=event.note,
        tone=tone,
        icon=icon,
        url=url,
        why=why,
    )


def suspension_steps(actor: Actor, enterprise_id: UUID) -> list[Step]:
    """Proposal, answer of the second person, and end of each suspension."""
    steps = []
    for each in list_suspensions_of(actor, enterprise_id):
        url = reverse("resumption:suspension", args=[each.id])
        reason = str(SuspensionReason(each.reason).label)
        told: list[tuple[object, str, datetime | None, str]] = [
            (_("Suspension proposed"), each.proposed_by_name, each.proposed_at, reason),
            (_settled_title(each), each.settled_by_name, each.settled_at, each.settled_note),
            (_("Suspension ended"), each.ended_by_name, each.ended_at, each.ended_note),
        ]
        steps += [
            Step(title=str(title), at=at, by=by, note=note, icon="player-pause", url=url)
            for title, by, at, note in told
            if at is not None
        ]
    return steps


def _settled_title(suspension: Suspension) -> Promise:
    if suspension.state == SuspensionState.DECLINED:
        return _("Suspension declined")
    return _("Suspension in force")


def findings_of(report: ProductionReport) -> list[str]:
    return [str(Implausible(finding).label) for finding in report.findings]


def why_of(record: DecisionRecord, playbook: Playbook | None = None) -> Why:
    """The panel of one decision as it was recorded; with the playbook its clauses are read out."""
    decision = record.decision
    reasons = [
        WhyReason(
            str(reason.text),
            reason.satisfied,
            clause=clause_words(playbook, reason.clause) if playbook else reason.clause,
        )
        for reason in decision.reasons
    ]
    return Why(
        outcome=OUTCOME_LABELS.get(decision.outcome, decision.outcome),
        reasons=[*reasons, *_kept(decision.evidence)],
        playbook=_("%(title)s, version %(version)s")
        % {"title": decision.playbook_id, "version": decision.playbook_version},
        by=record.actor_name,
        at=record.at,
    )


def _kept(evidence: Sequence[EvidenceRef]) -> list[WhyReason]:
    """What the decision stood on, each with the first characters of its hash."""
    named = [f"{EVIDENCE_LABELS.get(ref.kind, '')} {ref.label} {ref.hash[:8]}".strip() for ref in evidence]
    return [WhyReason(_("Kept with this decision"), None, evidence=", ".join(named))] if named else []


def why_route(terms: Terms) -> Why:
    """Why this applicant goes this way, before anything is decided."""
    if terms.choice.refused is not None:
        refused = terms.choice.refused
        reason = WhyReason(
            refused.in_language(_language()), False, clause=clause_words(terms.playbook, refused.key)
        )
        return Why(_("No application possible"), [reason], playbook=_playbook(terms))
    reasons = [
        WhyReason(
            reason.in_language(_language()),
            True,
            clause=clause_words(terms.playbook, reason.key),
            evidence=reason.condition,
        )
        for reason in terms.choice.reasons
    ]
    assert terms.route is not None
    return Why(say(terms.route.name), reasons, playbook=_playbook(terms))


def _title(event: ApplicationEvent) -> str:
    label = str(EventKind(event.kind).label)
    name = in_language(event.detail.get("name_zh", ""), event.detail.get("name_en", ""))
    if event.kind == EventKind.VERIFIED:
        passed = _("passed") if event.detail.get("passed") else _("not passed")
        return labelled(label, passed)
    return f"{label} · {name}" if name else label


def _playbook(terms: Terms) -> str:
    title = terms.playbook.title.in_language(_language())
    return _("%(title)s, version %(version)s") % {"title": title, "version": terms.playbook.version}


def _language() -> str:
    return get_language() or ""
