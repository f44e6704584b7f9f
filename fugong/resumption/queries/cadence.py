"""Who owes the production report about a day, and by when, as the playbook says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from fugong.core.clock import end_of
from fugong.core.refusals import NotFound
from fugong.playbooks.facts import Cadence, Playbook
from fugong.playbooks.queries import get_in_force
from fugong.resumption.choices import DutyKind
from fugong.resumption.queries.terms import facts_at_work


class ReportRules:
    """The cadences of one playbook for the report about one day; alike enterprises are judged once."""

    def __init__(self, playbook: Playbook | None, day: date) -> None:
        self._playbook = playbook
        self._day = day
        self._judged: dict[str, Cadence | None] = {}

    def of(self, enterprise: Any) -> Cadence | None:
        """By which the enterprise owes the report about this day; None where it owes none.

        The first cadence in the order of the file that is in force where the enterprise is, and whose
        condition holds, says how often.
        """
        if self._playbook is None:
            return None
        facts = facts_at_work(enterprise, self._playbook, self._day)
        key = repr(facts)
        if key not in self._judged:
            self._judged[key] = self._judge(self._playbook, facts)
        return self._judged[key]

    def anybody(self) -> Cadence | None:
        """A cadence by which somebody, whoever it is, reports about this day."""
        cadences = self._playbook.cadences_on(self._day) if self._playbook else ()
        return next((each for each in cadences if self._is_owed(each)), None)

    def owing(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the enterprises that owe the report about this day. Reads them only where not all do."""
        if self._playbook is None:
            return rows.none()
        reports = [each for each in self._playbook.policy.cadences.values() if each.duty == DutyKind.REPORT]
        if len(reports) == 1 and self._is_for_all(reports[0]):
            return rows.filter(kind__in=[kind.value for kind in reports[0].subjects])
        return rows.filter(id__in=[row.id for row in rows if self.of(row) is not None])

    def _judge(self, playbook: Playbook, facts: dict[str, object]) -> Cadence | None:
        for cadence in playbook.cadences_for(facts, self._day):
            if cadence.duty == DutyKind.REPORT:
                return cadence if self._is_owed(cadence) else None
        return None

    def _is_owed(self, cadence: Cadence) -> bool:
        assert self._playbook is not None
        return cadence.duty == DutyKind.REPORT and self._playbook.falls_due_on(cadence, self._day)

    def _is_for_all(self, cadence: Cadence) -> bool:
        is_narrow = cadence.when is not None or cadence.regimes
        return not is_narrow and cadence.is_within(self._day) and self._is_owed(cadence)


def report_rules(day: date) -> ReportRules:
    """Those of the playbook in force on the day; without one nobody owes a report."""
    try:
        return ReportRules(get_in_force(day).playbook, day)
    except NotFound:
        return ReportRules(None, day)


def report_due_at(cadence: Cadence, day: date) -> datetime:
    """The moment by which the report about `day` is owed; for the state of the day before, that is the day
    after.
    """
    owed_on = day + timedelta(days=1) if cadence.for_previous_day else day
    if cadence.due_at is None:
        return end_of(owed_on)
    return end_of(owed_on - timedelta(days=1)).replace(hour=cadence.due_at.hour, minute=cadence.due_at.minute)


def reminders_before(cadence: Cadence, due_at: datetime) -> tuple[datetime, ...]:
    return tuple(due_at - timedelta(minutes=each) for each in cadence.remind_minutes_before)
