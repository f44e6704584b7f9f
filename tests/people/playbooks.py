"""The Datong playbook with cadences of people added to it, put in force for an authority of a test."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from fugong.areas.models import Authority
from fugong.core.actor import system_actor
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.duties.choices import register_duty_kinds
from fugong.enterprises.choices import StandingState
from fugong.enterprises.operations import record_standing
from fugong.playbooks.operations import activate
from fugong.playbooks.rules.library import LIBRARY
from fugong.playbooks.rules.loading import load_playbook
from tests.people.making import NOW
from tests.playbooks.making import commander

REPORT, TEST = "tests.health", "tests.swab"
register_duty_kinds({REPORT: _("Report"), TEST: _("Review")})
DAILY: Final = {"times": "1", "unit": '"day"', "due_at": "12:00:00", "duty": f'"{REPORT}"'}

OF_PEOPLE: Final = re.compile(r"^\[cadences\.health_report\]\n(?:.+\n)+", re.MULTILINE)


def in_force(authority: Authority, *cadences: dict[str, str], since: date = date(2022, 4, 1)) -> None:
    """Each cadence as its keys in TOML, over a daily report due at noon; no other asks people."""
    text = OF_PEOPLE.sub("", (LIBRARY / "datong.toml").read_text(encoding="utf-8"))
    tables = (_table(number, DAILY | each) for number, each in enumerate(cadences or ({},)))
    actor = commander(authority)
    then = datetime(since.year, since.month, since.day, tzinfo=NOW.tzinfo)
    activate(load_playbook(text + "".join(tables), "test.toml"), actor=actor, now=then, from_day=since)


def _table(number: int, keys: dict[str, str]) -> str:
    lines = [f"{key} = {value}" for key, value in keys.items() if value]
    head = [
        'name = { zh = "报", en = "Report" }',
        'subjects = ["person"]',
        'origin = "source"',
        'ref = ["E-08"]',
    ]
    return "\n".join([f"\n[cadences.of_people_{number}]", *head, *lines, ""])


def at_work(enterprise: Any, *, state: StandingState = StandingState.RESUMED, now: datetime = NOW) -> None:
    actor = system_actor(enterprise.authority_id, "set-up")
    with operation("tests.resume", actor=actor, now=now) as op:
        record_standing(enterprise.id, state=state, at=now, decision_id=new_id(), op=op)
