"""What the person's own copy holds of levels: each, on what it stood, by hand, and what was said against."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.clearance import queries
from fugong.clearance.choices import HandState
from fugong.clearance.web import shown
from fugong.core.web.parts import Term
from fugong.people.queries import Worker
from fugong.playbooks.facts import ClearanceTable, evidence_label

Rows = list[dict[str, object]]


def levels(worker: Worker, now: datetime) -> Rows:
    table = _table(worker, now)
    return [
        {
            _("At"): shown.moment(record.at),
            _p("clearance", "Level"): str(shown.status_named(record.outcome, table).label),
            _("Why?"): "; ".join(str(reason.text) for reason in record.decision.reasons),
            _("By"): record.actor_name,
        }
        for record in queries.list_levels(worker.person_id)
    ]


def evidence(worker: Worker, now: datetime) -> Rows:
    return [
        {
            _("Entry"): str(evidence_label(row.kind)),
            _("From"): shown.moment(row.since),
            _p("clearance", "Until"): _ended(row.relieved_at or row.until),
            _("Comes from"): row.source_label,
            _("By"): row.recorded_by_name,
        }
        for row in queries.list_evidence(worker.person_id)
    ]


def by_hand(worker: Worker, now: datetime) -> Rows:
    """Once a second person has confirmed it: a proposal holds nobody."""
    rows = [row for row in queries.list_hands_of(worker.person_id) if row.state == HandState.CONFIRMED]
    table = _table(worker, now)
    return [
        _plain(shown.hand_terms(row, shown.status_named(row.level, table), with_text=True)) for row in rows
    ]


def appeals(worker: Worker, now: datetime) -> Rows:
    table = _table(worker, now)
    rows = queries.list_appeals_of(worker.person_id)
    return [_plain(shown.appeal_terms(row, shown.status_named(row.level, table))) for row in rows]


def _table(worker: Worker, now: datetime) -> ClearanceTable | None:
    """By which levels are named."""
    return queries.table_of(queries.clearance_of(worker.person_id, now=now).version_id)


def _ended(at: datetime | None) -> str:
    return shown.moment(at) if at else ""


def _plain(terms: list[Term]) -> dict[str, object]:
    return {str(term.label): str(term.value) for term in terms}
