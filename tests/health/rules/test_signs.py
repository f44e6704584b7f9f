from datetime import timedelta
from uuid import UUID

from fugong.core.ids import new_id
from fugong.health.choices import Sign, Way
from fugong.health.rules.signs import (
    Seen,
    Thresholds,
    signs_of_day,
    signs_of_person,
    signs_of_rate,
)
from tests.health.making import NOW, TODAY

LIMITS = Thresholds(
    same_value_days=3,
    same_second_people=3,
    same_device_people=3,
    jump_tenths=15,
    jump_minutes=60,
    full_days=3,
    full_people=10,
)
PERSON = new_id()


def seen(tenths=365, *, back=0, person: UUID = PERSON, way=Way.OWN, device="", minutes=0.0, revision=1):
    at = NOW - timedelta(days=back) + timedelta(minutes=minutes)
    return Seen(person, TODAY - timedelta(days=back), revision, tenths, way, device, at)


def of_person(*reports):
    return [(found.sign, found.number) for found in signs_of_person(reports, LIMITS)]


def of_day(*reports):
    return [(found.sign, found.number) for found in signs_of_day(reports, LIMITS)]


def test_signs_when_the_value_never_changes_then_told_with_the_days():
    assert of_person(seen(back=2), seen(back=1), seen(back=0)) == [(Sign.SAME_VALUE, 3)]


def test_signs_when_the_run_is_too_short_or_broken_or_over_then_none():
    assert of_person(seen(back=1), seen(back=0)) == []
    assert of_person(seen(back=3), seen(back=2), seen(366, back=1), seen(back=0)) == []
    assert of_person(seen(back=3), seen(back=2), seen(back=1), seen(366, back=0)) == []


def test_signs_when_a_thermometer_measured_the_same_then_none():
    assert of_person(*(seen(back=back, way=Way.KIOSK) for back in range(3))) == []


def test_signs_when_a_day_was_corrected_then_its_last_word_counts():
    days = [seen(back=2), seen(back=1), seen(366, back=0), seen(back=0, revision=2, minutes=90)]
    assert of_person(*days) == [(Sign.SAME_VALUE, 3)]


def test_signs_when_temperatures_cannot_follow_each_other_then_told():
    assert of_person(seen(385), seen(365, revision=2, minutes=10)) == [(Sign.JUMP, 20)]
    assert of_person(seen(385), seen(365, revision=2, minutes=61)) == []
    assert of_person(seen(370), seen(365, revision=2, minutes=10)) == []


def test_signs_when_several_report_in_the_same_second_then_told():
    people = [seen(person=new_id(), minutes=share / 600) for share in range(3)]
    assert of_day(*people) == [(Sign.SAME_SECOND, 3)]
    assert of_day(*people[:2], seen(person=new_id(), minutes=1)) == []


def test_signs_when_one_sheet_holds_many_then_none():
    assert of_day(*(seen(person=new_id(), way=Way.CREW) for _ in range(5))) == []


def test_signs_when_one_person_corrects_in_the_same_second_then_counted_once():
    assert of_day(seen(), seen(revision=2), seen(revision=3)) == []


def test_signs_when_one_device_speaks_for_many_then_told_without_naming_it_in_full():
    people = [seen(person=new_id(), device="a" * 32, minutes=minute) for minute in range(3)]
    found = list(signs_of_day(people, LIMITS))
    assert [(each.sign, each.number) for each in found] == [(Sign.SAME_DEVICE, 3)]
    assert found[0].values == {"device": "a" * 8}


def test_signs_when_everybody_every_day_then_told():
    full = [(TODAY - timedelta(days=back), 10, 10) for back in range(3)]
    assert [found.sign for found in signs_of_rate(full, LIMITS)] == [Sign.FULL_RATE]


def test_signs_when_a_day_is_short_or_the_firm_small_then_none():
    days = [TODAY - timedelta(days=back) for back in range(3)]
    assert list(signs_of_rate([(days[0], 10, 9), (days[1], 10, 10), (days[2], 10, 10)], LIMITS)) == []
    assert list(signs_of_rate([(day, 9, 9) for day in days], LIMITS)) == []
    assert list(signs_of_rate([(day, 10, 10) for day in days[:2]], LIMITS)) == []


def test_signs_when_nobody_was_due_on_a_day_then_that_day_is_left_out():
    days = [(TODAY - timedelta(days=back), 10, 10) for back in (0, 2, 3)]
    rates = [*days, (TODAY - timedelta(days=1), 0, 0)]
    assert [found.sign for found in signs_of_rate(rates, LIMITS)] == [Sign.FULL_RATE]
