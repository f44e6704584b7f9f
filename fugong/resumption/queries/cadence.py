"""When the daily production report is owed, as the playbook says."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from fugong.core.clock import end_of
from fugong.core.refusals import NotFound
from fugong.playbooks.facts import Cadence, Playbook
from fugong.playbooks.queries import get_in_force
from fugong.resumption.choices import DutyKind


def report_cadence(playbook: Playbook, on: date) -> Cadence | None:
    """None where the playbook wants no daily report."""
    found = (
        cadence
        for cadence in playbook.policy.cadences.values()
        if cadence.duty == DutyKind.REPORT and cadence.is_within(on)
    )
    return next(found, None)


def cadence_on(day: date) -> Cadence | None:
    """As the playbook in force on the day says; None also where there was none."""
    try:
        return report_cadence(get_in_force(day).playbook, day)
    except NotFound:
        return None


def report_due_at(cadence: Cadence, day: date) -> datetime:
    """The moment by which the report about `day` is owed; for the state of the day before, that is the day
    after.
    """
    owed_on = day + timedelta(days=1) if cadence.for_previous_day else day
    if cadence.due_at is None:
        return end_of(owed_on)
    return end_of(owed_on - timedelta(days=1)).replace(hour=cadence.due_at.hour, minute=cadence.due_at.minute)
