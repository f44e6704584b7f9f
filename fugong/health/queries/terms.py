"""What the playbook in force says about health reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.bilingual import in_language
from fugong.core.clock import end_of, local_date
from fugong.core.refusals import NotFound
from fugong.duties.choices import LEAD, Call
from fugong.health.choices import CLOSE_DUTY, HANDLE
from fugong.health.rules.days import Window
from fugong.health.rules.readings import Believed
from fugong.health.rules.reports import Limits
from fugong.health.rules.signs import Thresholds
from fugong.playbooks import queries as playbooks
from fugong.playbooks.choices import BodyKind
from fugong.playbooks.facts import Health, Playbook

_LEADERSHIP = {BodyKind.AUTHORITY, BodyKind.HIGHER_AUTHORITY}


@dataclass(frozen=True, slots=True)
class Terms:
    """The playbook's table, in the forms the rules ask for."""

    playbook: Playbook
    health: Health
    version_id: UUID

    @property
    def limits(self) -> Limits:
        given, window = self.health.temperature, self.health.window
        symptoms = self.health.symptoms.items()
        return Limits(
            limit=given.limit,
            believed=Believed(given.lowest, given.highest),
            window=Window(window.opens_at, window.days_late, window.correction_days),
            known=frozenset(self.health.symptoms),
            alarming=frozenset(key for key, symptom in symptoms if symptom.opens_incident),
        )

    @property
    def thresholds(self) -> Thresholds:
        signs = self.health.signs
        return Thresholds(**{name: getattr(signs, name) for name in Thresholds.__slots__})

    def symptoms(self) -> list[tuple[str, str]]:
        """Key and name, in the order of the file."""
        return [(key, in_language(each.name.zh, each.name.en)) for key, each in self.health.symptoms.items()]

    def symptom_names(self, keys: list[str]) -> list[str]:
        """Of a report: one that this version does not know any more keeps its key."""
        names = dict(self.symptoms())
        return [names.get(key, key) for key in keys]

    def due(self, duty: str, *, start: datetime) -> datetime:
        clock = self._clock(duty)
        if clock is None:
            return end_of(local_date(start) + timedelta(days=1))
        return playbooks.due_by(self.playbook, clock, start=start)

    def calls(self, duty: str, *, due_at: datetime, enterprise_id: UUID | None) -> list[Call]:
        """Whom silence calls: the leadership as such, everybody else as those who look after incidents."""
        clock = self._clock(duty)
        if clock is None:
            return []
        return [
            Call(
                at=each.at,
                permission=LEAD if each.body in _LEADERSHIP else HANDLE,
                name_zh=each.name.zh,
                name_en=each.name.en,
                posts=each.posts,
                enterprise_id=enterprise_id if each.posts else None,
            )
            for each in self.playbook.called_after(due_at, clock)
        ]

    def reminders(self, duty: str, *, due_at: datetime) -> tuple[datetime, ...]:
        """When its owner is reminded of the deadline, by the clock of the duty."""
        clock = self._clock(duty)
        return self.playbook.warned_before(due_at, clock) if clock else ()

    def _clock(self, duty: str) -> str | None:
        return self.health.close if duty == CLOSE_DUTY else self.health.look_after


def get_terms(on: date) -> Terms:
    """Raises `NotFound` where no playbook is in force on the day, or it says nothing of health reports."""
    found = playbooks.get_in_force(on)
    health = found.playbook.policy.health
    if health is None:
        raise NotFound(_("The playbook in force asks for no health reports."), code="no_health_reports")
    return Terms(found.playbook, health, found.version_id)


def find_terms(on: date) -> Terms | None:
    """As `get_terms`; None where nothing is asked."""
    try:
        return get_terms(on)
    except NotFound:
        return None
