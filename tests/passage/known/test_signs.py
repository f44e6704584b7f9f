"""Signs in passages: found once, shown to those who can look, never to the enterprise itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.passage import operations
from fugong.passage.choices import Flag, Sign, SubjectKind, Way
from fugong.passage.models import PassageSign
from fugong.passage.queries import list_signs
from tests.passage.known import making
from tests.passage.known.making import NOW, clock, kept, scan
from tests.passage.known.test_web import client_of, text


def find(at, since=None, until=NOW):
    return operations.find_signs(at.authority.id, since=since or clock("07:00"), until=until, now=NOW)


def found():
    return [(row.sign, row.number) for row in PassageSign.objects.order_by("sign", "at")]


def test_one_code_at_two_gates_within_a_minute_then_is_a_sign_found_once(at):
    kept(
        at.authority,
        scan(clock("08:00"), at.east, at.worker),
        scan(clock("08:00") + timedelta(seconds=40), at.road, at.worker),
        scan(clock("08:05"), at.west, at.mate),
        scan(clock("08:07"), at.road, at.mate),
    )
    assert (find(at), find(at)) == (1, 0)
    assert found() == [(Sign.TWO_GATES, 40)]


def test_a_venue_scanned_by_very_many_in_a_minute_then_is_a_sign(at):
    crowd = [
        scan(
            clock("08:00") + timedelta(milliseconds=n * 100),
            at.shop,
            subject=new_id(),
            subject_kind=SubjectKind.PERSON,
            way=Way.VENUE,
        )
        for n in range(500)
    ]
    kept(
        at.authority,
        *crowd[:499],
        *(scan(clock("08:00"), at.shop, subject=crowd[0].subject) for _each in range(9)),
    )
    assert find(at) == 0
    kept(at.authority, crowd[499])
    assert find(at) == 1
    assert found() == [(Sign.CROWD, 500)]


def test_a_device_with_a_wrong_clock_then_is_one_sign_a_day(at):
    kept(at.authority, *(scan(clock(f"08:0{n}"), at.east, at.worker, flags=Flag.MISDATED) for n in range(3)))
    assert (find(at), find(at)) == (1, 0)
    (row,) = PassageSign.objects.all()
    assert (row.sign, row.number, row.device) == (Sign.CLOCK, 3, making.DEVICE)


def test_a_window_without_a_sign_then_writes_nothing(at):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker))
    assert find(at) == 0
    assert not AuditEntry.objects.filter(action="passage.find_signs").exists()


def test_a_sign_then_is_seen_by_the_park_and_not_by_the_enterprise_or_another_park(at):
    kept(
        at.authority,
        *(
            scan(clock("08:00") + timedelta(seconds=n), gate, at.worker)
            for n, gate in enumerate((at.road, at.east))
        ),
    )
    find(at)
    assert list_signs(at.ann).count() == 1
    assert list_signs(making.contact(at.firm, "passage.signs")).count() == 0
    with pytest.raises(NotPermitted):
        list_signs(at.bo)
    assert list_signs(making.official(at.other)).count() == 0


@pytest.fixture
def sign(at):
    kept(at.authority, scan(clock("08:00"), at.east, at.worker), scan(clock("08:00"), at.road, at.worker))
    find(at)
    return PassageSign.objects.get()


def test_a_sign_when_looked_at_then_says_by_whom_and_what_it_was_and_stays_so(at, sign):
    operations.look_at_sign(sign.id, note=" 两人共用 ", actor=at.ann, now=NOW)
    sign.refresh_from_db()
    assert (sign.looked_at, sign.looked_by_name, sign.looked_note) == (NOW, "Ann", "两人共用")
    with pytest.raises(Conflict):
        operations.look_at_sign(sign.id, note="again", actor=at.ann, now=NOW)
    find(at)
    sign.refresh_from_db()
    assert sign.looked_note == "两人共用"


def test_a_sign_when_nothing_is_said_of_it_then_stays_open(at, sign):
    with pytest.raises(Invalid) as refused:
        operations.look_at_sign(sign.id, note="  ", actor=at.ann, now=NOW)
    assert "note" in refused.value.fields
    with pytest.raises(NotFound):
        operations.look_at_sign(sign.id, note="x", actor=making.contact(at.firm, "passage.signs"), now=NOW)


def test_the_pages_of_signs_then_show_and_take_what_it_was(at, sign):
    park = client_of(at.authority, "reviewer_park", area=at.park)
    page = text(park.get(reverse("passages:signs")))
    assert "One code at two gates within a minute" in page
    url = reverse("passages:sign", args=[sign.id])
    assert "东门" in text(park.get(url))
    assert park.post(url, {"note": ""}).status_code == 422
    assert park.post(url, {"note": "共用"}).status_code == 302
    assert "共用" in text(park.get(url))
    with acting_for(at.authority.id):
        assert AuditEntry.objects.filter(action="passage.look_at_sign").count() == 1
