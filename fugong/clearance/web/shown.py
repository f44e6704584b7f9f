"""Levels, levels by hand and appeals as the pages show them: always a word and a sign beside the colour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext as _p

from fugong.clearance import permissions, queries
from fugong.clearance.choices import ANSWER, APPEAL, CONFIRM, PROPOSE, AppealState, HandState
from fugong.clearance.models import Appeal, Evidence, HandLevel
from fugong.clearance.permissions import Workplace
from fugong.clearance.queries import Clearance, WhyLevel
from fugong.core.actor import Actor
from fugong.core.bilingual import in_language
from fugong.core.clock import to_the_minute
from fugong.core.decisions.models import DecisionRecord
from fugong.core.web.parts import Clock, Status, Step, Term, Tone, Why, WhyReason, clock
from fugong.playbooks.choices import Colour
from fugong.playbooks.facts import ClearanceTable, GroundKind, HandReason, evidence_label

SIGNS = {
    Colour.GREEN: (Tone.GOOD, "circle-check"),
    Colour.BLUE: (Tone.WAITING, "info-circle"),
    Colour.GREY: (Tone.NEUTRAL, "help-circle"),
    Colour.YELLOW: (Tone.WARNING, "alert-triangle"),
    Colour.ORANGE: (Tone.WARNING, "alert-circle"),
    Colour.RED: (Tone.BAD, "ban"),
}
HAND_SIGNS = {
    HandState.PROPOSED: (Tone.WAITING, "hourglass"),
    HandState.CONFIRMED: (Tone.BAD, "lock"),
    HandState.REFUSED: (Tone.NEUTRAL, "circle-x"),
    HandState.ENDED: (Tone.GOOD, "lock-open"),
}
APPEAL_SIGNS = {
    AppealState.OPEN: (Tone.WAITING, "hourglass"),
    AppealState.GRANTED: (Tone.GOOD, "circle-check"),
    AppealState.DISMISSED: (Tone.NEUTRAL, "circle-minus"),
}
NO_LEVELS = gettext_lazy("To be asked: no playbook in force knows levels")


def status_of(found: Clearance) -> Status:
    if found.words is None:
        return Status(NO_LEVELS, Tone.NEUTRAL, "help-circle")
    return level_status(found.words.name.zh, found.words.name.en, found.words.colour)


def level_status(zh: str, en: str, colour: Colour) -> Status:
    tone, icon = SIGNS[colour]
    return Status(in_language(zh, en), tone, icon)


def status_named(level: str, table: ClearanceTable | None) -> Status:
    """Of a level by its id, as one playbook names it."""
    words = table.levels.get(level) if table else None
    if words is None:
        return Status(level, Tone.NEUTRAL, "help-circle")
    return level_status(words.name.zh, words.name.en, words.colour)


def terms_of(found: Clearance) -> list[Term]:
    terms: list[Term] = []
    if found.words is not None:
        terms.append(Term(_("Meaning"), in_language(found.words.meaning.zh, found.words.meaning.en)))
        terms.append(Term(_("What to do"), in_language(found.words.to_do.zh, found.words.to_do.en)))
    if found.since:
        terms.append(Term(_p("clearance", "Since"), moment(found.since)))
    terms.append(
        Term(
            _p("clearance", "Until"), moment(found.until) if found.until else _("as long as nothing changes")
        )
    )
    return terms


def to_do_of(found: Clearance, table: ClearanceTable | None) -> list[str]:
    """What is missing for the free level, each with what the person does about it."""
    missing = [why.key for why in found.reasons if why.kind is GroundKind.REQUIREMENT and not why.met]
    known = [table.requires[key].to_do for key in missing if table and key in table.requires]
    return [in_language(each.zh, each.en) for each in known]


def why_of(found: Clearance, *, playbook: str = "", is_open: bool = False, links: bool = True) -> Why:
    """`links`: whether the reader may follow the evidence to where it stands."""
    reasons = [reason_of(why, links=links) for why in found.reasons]
    if not reasons:
        reasons = [WhyReason(_("Nothing that was recorded is recent enough: it has to be looked at."), False)]
    return Why(status_of(found).label, reasons, playbook=playbook, open=is_open)


def reason_of(why: WhyLevel, *, links: bool) -> WhyReason:
    is_met = why.met if why.kind is GroundKind.REQUIREMENT else False
    return WhyReason(
        _("Set by hand: %(reason)s") % {"reason": why.name} if why.kind is GroundKind.BY_HAND else why.name,
        is_met,
        clause=why.clause,
        evidence=_dated(why),
        evidence_url=why.url if links else "",
    )


def _dated(why: WhyLevel) -> str:
    if why.since is None:
        return ""
    period = f"{moment(why.since)} – {moment(why.until) if why.until else ''}".strip()
    source = "" if why.kind is GroundKind.BY_HAND else why.source
    return " · ".join(part for part in (source, period) if part)


def moment(at: datetime) -> str:
    """In China, to the minute."""
    return to_the_minute(at)


def steps_of(decisions: Iterable[DecisionRecord], table: ClearanceTable | None) -> list[Step]:
    """Each level the person stood at, with its own "why?"."""
    return [_step(record, table) for record in decisions]


def _step(record: DecisionRecord, table: ClearanceTable | None) -> Step:
    status = status_named(record.outcome, table)
    reasons = [
        WhyReason(str(reason.text), reason.satisfied, clause=reason.clause)
        for reason in record.decision.reasons
    ]
    playbook = f"{record.playbook_id} {record.playbook_version}".strip()
    why = Why(status.label, reasons, playbook=playbook, by=_who(record), at=record.at)
    return Step(str(status.label), record.at, _who(record), tone=status.tone, icon=status.icon, why=why)


def _who(record: DecisionRecord) -> str:
    """Nobody, where the clock did it."""
    return record.actor_name if record.actor_id else ""


def evidence_rows(rows: Iterable[Evidence], *, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "kind": evidence_label(row.kind),
            "since": row.since,
            "until": row.relieved_at or row.until,
            "source": row.source_label,
            "url": row.source_url,
            "by": row.recorded_by_name,
            "relieved": row.relieved_at is not None,
            "relieved_by": row.relieved_by_name,
        }
        for row in rows
    ]


def hand_status(row: HandLevel, *, now: datetime) -> Status:
    state = HandState(row.state)
    if state is HandState.CONFIRMED and row.expires_at is not None and row.expires_at <= now:
        return Status(_("Over"), Tone.NEUTRAL, "circle-minus")
    tone, icon = HAND_SIGNS[state]
    return Status(state.label, tone, icon)


def appeal_status(row: Appeal) -> Status:
    state = AppealState(row.state)
    tone, icon = APPEAL_SIGNS[state]
    return Status(state.label, tone, icon)


def appeal_clock(row: Appeal, *, now: datetime) -> Clock | None:
    return clock(row.due_at, now=now) if row.state == AppealState.OPEN else None


def hand_terms(row: HandLevel, level: Status, *, with_text: bool) -> list[Term]:
    found = [
        Term(_p("clearance", "Person"), row.person.name, reverse("clearance:person", args=[row.person_id])),
        Term(_("Enterprise"), row.person.enterprise.name if row.person.enterprise else ""),
        Term(_p("clearance", "Level"), level.label),
        Term(_("Reason"), row.reason_label),
        Term(_("On what it stands"), str(row.text) if with_text else ""),
        Term(_("For how many days"), row.days),
        Term(_("Proposed by"), f"{row.proposed_by_name} · {moment(row.proposed_at)}"),
    ]
    if row.decided_at:
        found.append(Term(_("Second person"), f"{row.decided_by_name} · {moment(row.decided_at)}"))
    if row.expires_at:
        found.append(Term(_p("clearance", "Until"), moment(row.expires_at)))
    if row.ended_at:
        found.append(Term(_("Ended by"), f"{row.ended_by_name} · {moment(row.ended_at)}"))
    if str(row.note):
        found.append(Term(_("Note"), str(row.note)))
    return [term for term in found if term.value]


def appeal_terms(row: Appeal, level: Status) -> list[Term]:
    made_by = (
        row.made_by_name if row.by_person else _("%(name)s, for the person") % {"name": row.made_by_name}
    )
    found = [
        Term(_p("clearance", "Person"), row.person.name, reverse("clearance:person", args=[row.person_id])),
        Term(_("Enterprise"), row.person.enterprise.name if row.person.enterprise else ""),
        Term(_("Against the level"), level.label),
        Term(_p("appeal", "What the person says"), str(row.text)),
        Term(_("Made by"), f"{made_by} · {moment(row.made_at)}"),
    ]
    if row.answered_at:
        found.append(Term(_("Answered by"), f"{row.answered_by_name} · {moment(row.answered_at)}"))
        found.append(Term(_p("clearance", "Answer"), str(row.answer)))
    return [term for term in found if term.value]


def appeal_why(row: Appeal, level: Status) -> Why:
    """What it was made against, as it stood then."""
    grounds = [WhyLevel.from_json(kept) for kept in row.reasons]
    return Why(level.label, [reason_of(each, links=True) for each in grounds], at=row.made_at, open=True)


def ways_of(actor: Actor, place: Workplace | None) -> dict[str, bool]:
    """Which buttons this person gets about somebody who works there."""
    return {
        "propose": permissions.may_at(actor, PROPOSE, place),
        "confirm": permissions.may_at(actor, CONFIRM, place),
        "appeal": permissions.may_at(actor, APPEAL, place),
        "answer": permissions.may_at(actor, ANSWER, place),
        "end": permissions.may_lift_at(actor, place),
    }


def needs_of(reasons: Iterable[HandReason]) -> list[Term]:
    """What each reason of the list takes as evidence."""
    return [
        Term(in_language(each.name.zh, each.name.en), in_language(each.needs.zh, each.needs.en))
        for each in reasons
    ]


def version_name(found: Clearance) -> str:
    if found.version_id is None:
        return ""
    playbook = queries.playbook_of(found.version_id)
    return _("%(title)s, version %(version)s") % {
        "title": in_language(playbook.title.zh, playbook.title.en),
        "version": playbook.version,
    }
