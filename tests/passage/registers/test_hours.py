from __future__ import annotations

from datetime import time

import pytest

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.refusals import Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.passage.models import ShiftHours
from fugong.passage.operations.hours import set_hours
from fugong.passage.queries.hours import Shift, list_shifts
from tests.passage.registers import making
from tests.passage.registers.making import NOW
from tests.passage.registers.test_web import client_of, text_of
from tests.people import making as people


def said(at, shift="夜班", starts=time(20), ends=time(8, 30), actor=None):
    return set_hours(at.firm.id, shift, starts=starts, ends=ends, actor=actor or at.bo, now=NOW)


def employed(at, shift):
    person = people.registered(at.firm)
    job = people.job(at.firm.id, shift=shift)
    people.operations.employ(person.id, job, actor=making.system(at), now=people.NOW)


def test_set_hours_when_said_again_are_changed(at):
    said(at)
    row = said(at, " 夜班 ", time(21), time(9))
    assert ShiftHours.objects.get() == row
    assert (row.starts, row.ends) == (1260, 540)


def test_set_hours_when_they_cannot_be_or_by_others_refuses(at):
    for shift, starts, field in (
        (" ", time(20), "shift"),
        ("班" * 41, time(20), "shift"),
        ("夜班", time(8, 30), "ends"),
    ):
        with pytest.raises(Invalid) as refused:
            said(at, shift, starts)
        assert list(refused.value.fields) == [field]
    with pytest.raises(NotFound):
        said(at, actor=making.contact(at.neighbour))
    with pytest.raises(NotPermitted):
        said(at, actor=making.contact(at.firm, without="passage.keep"))


def test_list_shifts_when_employments_name_more_shows_those_without_hours_too(at):
    employed(at, "白班")
    employed(at, "白班")
    said(at)
    assert list_shifts(at.firm.id, actor=at.bo) == [
        Shift("夜班", 0, ("20:00", "08:30")),
        Shift("白班", 2, None),
    ]


def test_hours_page_when_kept_shows_them_and_offers_them_again(at):
    bo = client_of(at, "enterprise_contact", subject=Subject(ENTERPRISE, at.firm.id, at.firm.name))
    path = f"/gates/hours/{at.firm.id}/"
    assert "No shift yet" in text_of(bo.get(path))
    assert bo.post(path, {"shift": "夜班", "starts": "20:00", "ends": "20:00"}).status_code == 422
    assert bo.post(path, {"shift": "夜班", "starts": "20:00", "ends": "08:30"}).status_code == 302
    assert "20:00 – 08:30" in text_of(bo.get(path))
    assert 'value="08:30"' in text_of(bo.get(f"{path}?shift=夜班"))
    with acting_for(at.authority.id):
        assert ShiftHours.objects.get().ends == 510
    assert client_of(at, "inspector").get(path).status_code == 403
