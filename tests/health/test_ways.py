"""From a roll to the crew's sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.duties.choices import DutySubject, RollEntry, owed_by_enterprise
from fugong.duties.models import Duty
from fugong.duties.operations import owe_roll
from fugong.health.choices import REPORT_DUTY
from fugong.people.models import Crew
from tests.accounts import making as accounts
from tests.core.web.people import signed_in
from tests.health import making
from tests.health.making import NOW, TODAY


@pytest.fixture
def roll(at: Any) -> Duty:
    crew = Crew.objects.create(authority=at.authority, enterprise=at.firm, name="甲班", recorded_at=NOW)
    with operation("tests.write", actor=making.system(at.authority), now=NOW) as op:
        op.audit(None, {})
        return owe_roll(
            kind=REPORT_DUTY,
            subject=DutySubject("crew", crew.id, "甲班", ""),
            owner=owed_by_enterprise(at.firm.id, area_id=at.park.id),
            entries=[RollEntry(at.worker.id, at.worker.name)],
            opened_at=NOW,
            due_at=NOW + timedelta(hours=3),
            period=TODAY.isoformat(),
            enterprise_id=at.firm.id,
            op=op,
        )


def page(at: Any, roll: Duty, role: str) -> str:
    with acting_for(at.authority.id):
        subject = Subject(ENTERPRISE, at.firm.id, at.firm.name)
        user = accounts.holder(at.authority, role, subject=subject)
    return signed_in(user).get(roll.url).content.decode()


def test_roll_when_its_enterprise_looks_then_the_sheet_is_one_click_away(at, roll):
    sheet = reverse("health:sheet", args=[at.firm.id]) + "?crew=%E7%94%B2%E7%8F%AD"
    assert sheet in page(at, roll, "enterprise_contact")


def test_roll_when_of_another_day_then_without_a_sheet(at, roll):
    Duty.objects.filter(id=roll.id).update(period="2022-04-26")
    assert "/sheet/" not in page(at, roll, "enterprise_contact")
