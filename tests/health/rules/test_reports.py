import pytest

from fugong.health.choices import IncidentKind, Reading
from fugong.health.rules.reports import Said, checked
from tests.health.making import LIMITS, NOW, TOMORROW, YESTERDAY, said


def judged(**changes):
    temperature = changes.pop("temperature", "36.5")
    return checked(said(temperature, **changes), LIMITS, now=NOW, corrects=False)


@pytest.mark.parametrize(
    ("changes", "alarm"),
    [
        ({"temperature": "37.2"}, None),
        ({"temperature": "37.3"}, IncidentKind.FEVER),
        ({"temperature": "38.2", "symptoms": ("cough",)}, IncidentKind.FEVER),
        ({"symptoms": ("cough",)}, IncidentKind.SYMPTOM),
        ({"symptoms": ("tired",)}, None),
        ({"reading": Reading.NONE, "temperature": "", "symptoms": ("cough",)}, IncidentKind.SYMPTOM),
        ({"reading": Reading.BELOW, "temperature": ""}, None),
    ],
)
def test_checked_when_something_alarming_is_said_then_its_kind(changes, alarm):
    found = judged(**changes)
    assert isinstance(found, Said)
    assert found.alarm == alarm


def test_checked_when_not_measured_then_no_number_is_made_up():
    found = judged(reading=Reading.BELOW, temperature="36.5")
    assert isinstance(found, Said)
    assert found.tenths is None


def test_checked_when_for_yesterday_then_kept_and_marked_as_late():
    found = judged(day=YESTERDAY)
    assert isinstance(found, Said)
    assert found.is_late


def test_checked_when_several_things_are_wrong_then_all_are_told_by_field():
    found = judged(temperature="365", day=TOMORROW, symptoms=("plague",), note="长" * 201)
    assert not isinstance(found, Said)
    assert {name: problem.code for name, problem in found.items()} == {
        "temperature": "no_dot",
        "day": "day_ahead",
        "symptoms": "unknown_symptom",
        "note": "note_too_long",
    }


def test_checked_when_a_symptom_is_ticked_twice_then_kept_once():
    found = judged(symptoms=("tired", "tired"))
    assert isinstance(found, Said)
    assert found.symptoms == ("tired",)
