"""Legal deadlines: the day a period begins is not counted; holidays are those published."""

from datetime import UTC, date, datetime, time

import pytest

from fugong.playbooks.choices import Origin
from fugong.playbooks.rules.clocks import (
    LOCAL,
    StateCouncilCalendar,
    deadline,
    escalation_moments,
    working_day_after,
)
from fugong.playbooks.rules.schema.routes import Clock, Escalation
from fugong.playbooks.rules.text import Text

STATE = StateCouncilCalendar()


def clock(**period: object) -> Clock:
    return Clock.model_validate({"name": {"zh": "钟", "en": "Clock"}, **period})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2022-04-11T09:00", 2, "2022-04-14T00:00"),
        ("2022-04-11T00:00", 2, "2022-04-14T00:00"),
        ("2022-04-11T23:59", 2, "2022-04-14T00:00"),
        ("2022-04-14T10:00", 2, "2022-04-19T00:00"),
        ("2022-04-16T10:00", 1, "2022-04-19T00:00"),
        # Qingming: 3 to 5 April are off, Saturday 2 April is worked.
        ("2022-04-01T10:00", 1, "2022-04-03T00:00"),
        ("2022-04-01T10:00", 2, "2022-04-07T00:00"),
        # May: 30 April to 4 May are off, Sunday 24 April and Saturday 7 May are worked.
        ("2022-04-22T10:00", 1, "2022-04-25T00:00"),
        ("2022-04-29T10:00", 2, "2022-05-07T00:00"),
        ("2022-04-29T10:00", 3, "2022-05-08T00:00"),
        # Spring Festival 2020, prolonged to 2 February.
        ("2020-01-23T10:00", 1, "2020-02-04T00:00"),
        # Across a year.
        ("2021-12-31T10:00", 1, "2022-01-05T00:00"),
    ],
)
def test_deadline_when_in_working_days_then_ends_with_the_last_of_them(start, days, due):
    assert deadline(at(start), clock(working_days=days), STATE) == at(due)


def test_deadline_when_business_closes_then_ends_with_it():
    closing = clock(working_days=2, closes_at=time(17, 30))
    assert deadline(at("2022-04-11T18:00"), closing, STATE) == at("2022-04-13T17:30")


def test_deadline_when_start_is_in_another_zone_then_counts_chinese_days():
    late_in_utc = datetime(2022, 4, 11, 17, 0, tzinfo=UTC)
    assert deadline(late_in_utc, clock(working_days=1), STATE) == at("2022-04-14T00:00")


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ({"days": 14}, "2022-05-14T00:00"),
        ({"days": 1, "closes_at": time(12)}, "2022-04-30T12:00"),
        ({"hours": 24}, "2022-04-30T16:00"),
    ],
)
def test_deadline_when_in_days_or_hours_then_runs_through_holidays(period, due):
    assert deadline(at("2022-04-29T16:00"), clock(**period), STATE) == at(due)


def test_deadline_when_start_has_no_zone_then_raises():
    with pytest.raises(ValueError, match="aware"):
        deadline(datetime(2022, 4, 11), clock(working_days=1), STATE)  # noqa: DTZ001


def test_calendar_when_the_locality_departs_then_follows_it():
    local = StateCouncilCalendar(
        extra_days_off={date(2022, 4, 12)}, extra_working_days={date(2022, 4, 16), date(2022, 4, 12)}
    )
    assert local.is_working_day(date(2022, 4, 16))
    assert local.is_working_day(date(2022, 4, 12))
    assert not StateCouncilCalendar(extra_days_off={date(2022, 4, 12)}).is_working_day(date(2022, 4, 12))


def test_calendar_when_the_year_is_not_published_then_counts_weekdays_and_tells():
    assert STATE.is_known(date(2022, 1, 1))
    assert not STATE.is_known(date(2090, 1, 2))
    assert STATE.is_working_day(date(2090, 1, 2))
    assert not STATE.is_working_day(date(2090, 1, 1))


def test_calendar_when_compared_with_the_published_list_then_agrees_on_2022():
    """The State Council office's notice for 2022 (国办发明电〔2021〕11号): every swapped day of that year."""
    worked = ["01-29", "01-30", "04-02", "04-24", "05-07", "10-08", "10-09"]
    off = ["01-03", "01-31", "02-04", "04-04", "04-05", "05-02", "05-04", "06-03", "09-12", "10-03", "10-07"]
    assert all(STATE.is_working_day(date.fromisoformat(f"2022-{day}")) for day in worked)
    assert not any(STATE.is_working_day(date.fromisoformat(f"2022-{day}")) for day in off)


def test_working_day_after_when_none_is_asked_for_then_stays():
    assert working_day_after(date(2022, 4, 30), 0, STATE) == date(2022, 4, 30)


@pytest.mark.parametrize(
    ("due", "later"),
    [
        ("2022-04-29T17:30", "2022-05-05T17:30"),
        ("2022-04-30T00:00", "2022-05-06T00:00"),
        ("2022-05-05T06:00", "2022-05-06T06:00"),
    ],
)
def test_escalation_when_silence_lasts_then_calls_the_next(due, later):
    calls = (
        Escalation(to="bureau", origin=Origin.SOURCE),
        Escalation(to="headquarters", after_working_days=1, why=Text(zh="逾期", en="Late")),
    )
    running = clock(working_days=2).model_copy(update={"escalation": calls})
    moments = escalation_moments(at(due), running, STATE)
    assert moments == ((at(due), "bureau"), (at(later), "headquarters"))
    # As the database gives it back: the day is that of China all the same.
    assert escalation_moments(at(due).astimezone(UTC), running, STATE) == moments
