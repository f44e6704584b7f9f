"""Reminders: noted once, one message for many duties, kept back at night, tried until they are out."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from fugong.accounts.models import User
from fugong.core.audit.models import AuditEntry
from fugong.core.clock import LOCAL
from fugong.core.tenancy import acting_for
from fugong.duties import operations
from fugong.duties.choices import Call, owed_by_enterprise, owed_by_holders, owed_by_user
from fugong.duties.models import Duty, Message, Reminder, ReminderChoice
from fugong.duties.operations import sending
from fugong.duties.rules import MOST_TRIES, after_quiet, coming, next_try
from tests.accounts import making as people
from tests.duties.making import NOON, REPORT, REVIEW, owe, roll, subject, tick

HOUR = timedelta(hours=1)
SOON = NOON + HOUR
NIGHT = (time(22), time(7))


@pytest.fixture
def north(db):
    made = people.authority()
    with acting_for(made.id):
        yield made


@pytest.fixture
def ann(north) -> User:
    return people.user(north, "ann", name="Ann")


@pytest.fixture
def channel(settings, monkeypatch) -> list[tuple[str, str, str]]:
    """What left, as (address, title, body). The channel itself is tried by `test_reminder_mail`."""
    settings.FUGONG_REMINDERS = ["mailto://zone.example?to={username}@zone.example"]
    settings.LANGUAGE_CODE = "en"
    sent: list[tuple[str, str, str]] = []

    class Channels(list[str]):
        def add(self, address: str) -> bool:
            self.append(address)
            return True

        def notify(self, *, title: str, body: str) -> bool:
            sent.extend((address, title, body) for address in self)
            return True

    monkeypatch.setattr(sending, "Apprise", Channels)
    return sent


def remind(north: Any, now: datetime = SOON) -> int:
    return operations.remind_due(north.id, now=now)


def owed(user: User, **changes: Any) -> Duty:
    terms = {"owner": owed_by_user(user.id), "remind_at": [SOON]} | changes
    return owe(people.acting(user), **terms)


def test_remind_when_the_moment_comes_then_told_once(north, ann, channel):
    duty = owed(ann)
    assert remind(north, SOON - timedelta(seconds=1)) == 0
    assert remind(north) == 1
    assert remind(north) == 0
    assert channel == [
        (
            "mailto://zone.example?to=ann@zone.example",
            "Ann: 1 duty waits for you",
            "Report 2022-04-27, Enterprise 1: due 04-27 18:00\nhttp://localhost:8000/",
        )
    ]
    duty.refresh_from_db()
    assert (duty.reminders, duty.reminds_at) == ([], None)
    assert AuditEntry.objects.filter(action="duties.remind").count() == 1


def test_remind_when_there_are_several_moments_then_at_each(north, ann, channel):
    owed(ann, remind_at=[SOON, SOON + HOUR])
    assert [remind(north, SOON + step * HOUR) for step in range(3)] == [1, 1, 0]


def test_remind_when_nothing_ran_for_hours_then_once_for_all_moments(north, ann, channel):
    owed(ann, remind_at=[SOON, SOON + HOUR])
    assert remind(north, SOON + 2 * HOUR) == 1
    assert remind(north, SOON + 3 * HOUR) == 0


def test_remind_when_many_are_due_then_one_message_and_those_of_a_kind_in_one_line(north, ann, channel):
    for number in (1, 2, 3):
        owed(ann, subject=subject(number))
    roll(people.acting(ann), (1, 2, 3), kind=REVIEW, owner=owed_by_user(ann.id), remind_at=[SOON])
    assert remind(north) == 1
    _address, title, body = channel[0]
    assert title == "Ann: 4 duties wait for you"
    assert "Report 2022-04-27, 3 in all: due 04-27 18:00" in body
    assert "Review 2022-04-27, Enterprise 1: due 04-27 18:00 · 3 people missing" in body


def test_remind_when_there_are_very_many_kinds_of_lines_then_cut_and_said_so(north, ann, channel):
    for number in range(1, 16):
        owed(ann, period=f"2022-04-{number:02}")
    remind(north)
    assert channel[0][2].count("\n") == 13
    assert "3 more" in channel[0][2]


def test_remind_when_done_meanwhile_then_nothing_is_said(north, ann, channel):
    duty = roll(people.acting(ann), (1,), owner=owed_by_user(ann.id), remind_at=[SOON])
    tick(people.acting(ann), 1)
    assert remind(north) == 0
    assert duty.reminds_at == SOON


def test_remind_when_done_in_the_quiet_hours_then_dropped(north, ann, channel):
    late = datetime(2022, 4, 27, 23, tzinfo=LOCAL)
    roll(
        people.acting(ann),
        (1,),
        owner=owed_by_user(ann.id),
        remind_at=[late],
        due_at=late + timedelta(hours=12),
    )
    assert remind(north, late) == 0
    tick(people.acting(ann), 1)
    assert remind(north, late + timedelta(hours=8)) == 0
    assert Reminder.objects.get().dropped_at is not None


def test_remind_when_in_the_quiet_hours_then_in_the_morning_unless_urgent(north, ann, channel):
    late = datetime(2022, 4, 27, 23, tzinfo=LOCAL)
    terms = {"remind_at": [late], "due_at": late + timedelta(hours=12)}
    owed(ann, **terms)
    urgent = owed(ann, kind=REVIEW, **terms)
    Duty.objects.filter(id=urgent.id).update(is_urgent=True)
    assert remind(north, late) == 1
    assert "Review" in channel[0][2]
    assert remind(north, datetime(2022, 4, 28, 6, 59, tzinfo=LOCAL)) == 0
    assert remind(north, datetime(2022, 4, 28, 7, tzinfo=LOCAL)) == 1
    assert "Report" in channel[1][2]


def test_remind_when_an_enterprise_owes_it_then_everybody_who_speaks_for_it(north, channel):
    firm = people.enterprise()
    speakers = [people.holder(north, "enterprise_contact", subject=firm) for _each in range(2)]
    people.holder(north, "enterprise_contact", subject=people.enterprise("另一家"))
    gone = people.holder(north, "enterprise_contact", subject=firm)
    User.objects.filter(id=gone.id).update(is_active=False)
    owed(speakers[0], owner=owed_by_enterprise(firm.id))
    assert remind(north) == 2
    told = set(Message.objects.values_list("user_id", flat=True))
    assert told == {speaker.id for speaker in speakers}


def test_remind_when_an_office_owes_it_then_its_holders_on_that_ground(north, channel):
    here, there = people.park(north), people.park(north, "park-b", name="乙园区")
    holder = people.holder(north, "reviewer_park", area=here)
    people.holder(north, "reviewer_park", area=there)
    owed(holder, owner=owed_by_holders("duties.excuse", area_id=here.id))
    assert remind(north) == 1
    assert Message.objects.get().user_id == holder.id


def test_remind_when_silence_calls_somebody_then_told_too_and_muting_does_not_help(north, ann, channel):
    leader = people.holder(north, "commander")
    ReminderChoice.objects.create(authority=north, user=leader, muted_kinds=[REPORT], changed_at=NOON)
    duty = owed(ann, remind_at=[], calls=[Call(at=NOON, permission="duties.lead")])
    operations.escalate_due(north.id, now=duty.due_at)
    assert remind(north, duty.due_at) == 1
    assert Message.objects.get().user_id == leader.id
    assert "was due 04-27 18:00" in channel[0][2]


def test_remind_when_the_kind_is_muted_then_not_told(north, ann, channel):
    ReminderChoice.objects.create(authority=north, user=ann, muted_kinds=[REPORT], changed_at=NOON)
    owed(ann)
    owed(ann, kind=REVIEW)
    assert remind(north) == 1
    assert "Report" not in channel[0][2]


def test_remind_when_no_address_is_set_then_nothing_is_noted(north, ann, settings):
    settings.FUGONG_REMINDERS = []
    owed(ann)
    assert remind(north) == 0
    assert not Reminder.objects.exists()


def test_remind_when_a_telephone_is_needed_and_none_is_known_then_given_up_and_said_so(
    north, ann, channel, settings
):
    settings.FUGONG_REMINDERS = ["json://sms.example/{phone}"]
    owed(ann)
    assert remind(north) == 0
    message = Message.objects.get()
    assert (message.failed_at, message.last_error) == (SOON, "no_address")


def test_remind_when_the_channel_fails_then_tried_again_later_until_it_takes_it(
    north, ann, channel, monkeypatch
):
    answers = [False, False, True]
    monkeypatch.setattr(sending.Apprise, "notify", lambda self, **said: answers.pop(0))
    owed(ann)
    assert remind(north) == 0
    message = Message.objects.get()
    assert (message.tries, message.last_error) == (1, "not_taken")
    assert remind(north, SOON + timedelta(minutes=1)) == 0  # not yet
    assert Message.objects.get().tries == 1
    assert remind(north, SOON + timedelta(minutes=2)) == 0
    assert remind(north, SOON + timedelta(minutes=10)) == 1
    message.refresh_from_db()
    assert (message.sent_at, message.last_error) == (SOON + timedelta(minutes=10), "")


def test_remind_when_the_channel_never_takes_it_then_given_up_after_many_tries(
    north, ann, channel, monkeypatch
):
    monkeypatch.setattr(sending.Apprise, "notify", lambda self, **said: False)
    owed(ann)
    for number in range(MOST_TRIES + 3):
        remind(north, SOON + number * timedelta(hours=5))
    message = Message.objects.get()
    assert message.tries == MOST_TRIES
    assert message.failed_at is not None


def test_remind_when_the_process_dies_while_sending_then_sent_later_and_by_nobody_at_once(
    north, ann, channel, monkeypatch
):
    def dies(self: Any, **said: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending.Apprise, "notify", dies)
        owed(ann)
        with pytest.raises(KeyboardInterrupt):
            remind(north)
    assert remind(north) == 0
    assert remind(north, SOON + timedelta(minutes=2)) == 1


def test_remind_when_asked_then_few_statements_however_many_duties(
    north, ann, channel, django_assert_max_num_queries
):
    for number in range(40):
        owed(ann, subject=subject(number + 1))
    with django_assert_max_num_queries(30):
        assert remind(north) == 1


@pytest.mark.parametrize(
    ("hour", "minute", "hours", "expected"),
    [
        (12, 0, NIGHT, None),
        (21, 59, NIGHT, None),
        (22, 0, NIGHT, (28, 7)),
        (23, 30, NIGHT, (28, 7)),
        (3, 0, NIGHT, (27, 7)),
        (6, 59, NIGHT, (27, 7)),
        (7, 0, NIGHT, None),
        (13, 0, (time(12), time(14)), (27, 14)),
        (14, 0, (time(12), time(14)), None),
        (12, 0, (time(12), time(12)), None),
    ],
)
def test_after_quiet_when_asked_then_the_moment_or_the_end_of_the_hours(hour, minute, hours, expected):
    moment = datetime(2022, 4, 27, hour, minute, tzinfo=LOCAL)
    end = datetime(2022, 4, expected[0], expected[1], tzinfo=LOCAL) if expected else moment
    assert after_quiet(moment.astimezone(UTC), hours) == end


def test_coming_when_past_doubled_or_after_the_deadline_then_left_out():
    due = NOON + 3 * HOUR
    moments = [NOON - HOUR, NOON, SOON, SOON, due, due + HOUR, NOON + 2 * HOUR]
    assert coming(moments, now=NOON, due_at=due) == [SOON, NOON + 2 * HOUR]


def test_next_try_when_tried_often_then_later_and_later():
    waits = [next_try(tries, now=NOON) - NOON for tries in range(1, MOST_TRIES + 2)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=2)
