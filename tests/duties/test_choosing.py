"""What a receiver chooses about its own reminders: only what the installation allows, and never all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import system_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.duties import operations, queries
from fugong.duties.choices import Channel, register_duty_kinds
from fugong.duties.models import Duty, Message, OwnChannel, ReminderChoice
from fugong.duties.operations import sending
from fugong.duties.rules import OWN_TRIES
from tests.accounts import making as people
from tests.duties.making import NOON, REPORT, REVIEW
from tests.duties.test_reminders import SOON, channel, owed, remind  # noqa: F401 - a fixture

WATCH, ABOUT_HER = "tests.watch", "tests.about_her"
register_duty_kinds(
    {WATCH: _("Review"), ABOUT_HER: _("Report")}, always_told=(WATCH,), naming_people=(ABOUT_HER,)
)
KEY = "3f2a9c7e-51d4-4b6a-9e0f-aa11bb22cc33"
PASTED = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
TODAY = NOON.date()


@pytest.fixture
def north(db, settings):
    settings.FUGONG_OWN_CHANNELS = ["wecom", "dingtalk", "@zone.example"]
    settings.FUGONG_OWN_MAIL = "mailtos://u:p@smtp.zone.example?from=f@zone.example&to={mail}"
    made = people.authority()
    with acting_for(made.id):
        yield made


@pytest.fixture
def ann(north):
    return people.user(north, "ann", name="Ann")


def choose(user, kind=Channel.WECOM, address=PASTED, **more):
    operations.choose_channel(kind, address=address, actor=people.acting(user), now=NOON, **more)


def mute(user, *kinds, last_day=None):
    operations.mute(kinds, last_day=last_day, actor=people.acting(user), now=NOON)


def test_choose_when_a_robot_is_allowed_then_kept_sealed_and_hardly_shown(ann):
    choose(ann)
    row = OwnChannel.objects.get()
    assert (row.channel, row.address, row.shown) == ("wecom", f"wecombot://{KEY}/", "···cc33")
    assert KEY.encode() not in bytes(OwnChannel.objects.values_list("address", flat=True).get().raw)
    entry = AuditEntry.objects.get(action="duties.choose_channel")
    assert entry.changes == {"channel": ["", "wecom"], "address_changed": True}


def test_choose_when_taken_back_then_the_address_is_forgotten(ann):
    choose(ann)
    choose(ann, "", "")
    row = OwnChannel.objects.get()
    assert (row.channel, row.address, row.shown) == ("", "", "")


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        (Channel.FEISHU, f"feishu://{KEY}", "not_allowed"),
        ("telnet", "telnet://10.0.0.1", "no_channel"),
        (Channel.WECOM, "http://169.254.169.254/latest/meta-data", "no_robot"),
        (Channel.MAIL, "li@elsewhere.example", "host_not_allowed"),
    ],
)
def test_choose_when_not_allowed_then_refused_and_nothing_is_kept(ann, kind, address, code):
    with pytest.raises(Invalid) as refusal:
        choose(ann, kind, address)
    assert refusal.value.code == code
    assert not OwnChannel.objects.exists()
    assert not AuditEntry.objects.filter(action="duties.choose_channel").exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda **terms: operations.choose_channel("", **terms),
        lambda **terms: operations.mute([], last_day=None, **terms),
        operations.try_channel,
    ],
)
def test_choosing_when_no_user_asks_then_not_permitted(north, act, settings):
    settings.FUGONG_REMINDERS = ["console://"]
    with pytest.raises(NotPermitted):
        act(actor=system_actor(north.id, "duties"), now=NOON)


def test_remind_when_an_own_channel_is_chosen_then_there_and_nowhere_else(north, ann, channel):  # noqa: F811
    choose(ann)
    owed(ann)
    assert remind(north) == 1
    assert [address for address, _title, _body in channel] == [f"wecombot://{KEY}/?redirect=no"]
    assert Message.objects.get().channel == "wecom"


def test_remind_when_a_mailbox_is_chosen_then_through_the_mail_server_of_the_site(north, ann, channel):  # noqa: F811
    choose(ann, Channel.MAIL, "li+work@Zone.example")
    owed(ann)
    remind(north)
    address = "mailtos://u:p@smtp.zone.example?from=f@zone.example&to=li%2Bwork%40zone.example"
    assert channel[0][0] == address


def test_remind_when_no_longer_allowed_then_the_way_of_the_site(north, ann, channel, settings):  # noqa: F811
    choose(ann)
    settings.FUGONG_OWN_CHANNELS = ["dingtalk"]
    owed(ann)
    assert remind(north) == 1
    assert channel[0][0].startswith("mailto://zone.example")
    assert Message.objects.get().channel == ""
    assert queries.own_reminders(people.acting(ann), now=SOON).out_of_use


def test_remind_when_the_own_channel_takes_nothing_then_the_way_of_the_site_in_the_end(
    north,
    ann,
    channel,  # noqa: F811
    monkeypatch,
):
    takes = sending.Apprise.notify
    monkeypatch.setattr(
        sending.Apprise,
        "notify",
        lambda self, **said: not self[0].startswith("wecombot") and takes(self, **said),
    )
    choose(ann)
    owed(ann)
    tried = [remind(north, SOON + number * timedelta(hours=5)) for number in range(OWN_TRIES + 1)]
    assert tried == [0] * OWN_TRIES + [1]
    assert [address for address, _title, _body in channel] == ["mailto://zone.example?to=ann@zone.example"]


def test_mute_when_a_kind_is_named_then_its_reminders_stay_away_until_taken_back(north, ann, channel):  # noqa: F811
    mute(ann, REPORT)
    owed(ann)
    assert remind(north) == 0
    mute(ann)
    owed(ann, period="2022-04-28")
    assert remind(north) == 1
    actions = AuditEntry.objects.filter(action="duties.mute").order_by("at", "id")
    assert [each.changes["kinds"] for each in actions] == [[[], [REPORT]], [[REPORT], []]]


def test_mute_when_a_period_is_named_then_silent_until_its_last_day_is_over(north, ann, channel):  # noqa: F811
    mute(ann, last_day=TODAY + timedelta(days=1))
    long_due = {"due_at": NOON + timedelta(days=9)}
    owed(ann, **long_due)
    assert remind(north) == 0
    owed(ann, kind=REVIEW, remind_at=[NOON + timedelta(days=2)], **long_due)
    assert remind(north, NOON + timedelta(days=2)) == 1
    assert queries.own_reminders(people.acting(ann), now=NOON + timedelta(days=2)).muted_until is None


def test_mute_when_it_must_always_be_told_then_told_all_the_same(north, ann, channel):  # noqa: F811
    mute(ann, last_day=TODAY + timedelta(days=1))
    owed(ann, kind=WATCH)
    urgent = owed(ann, kind=REVIEW)
    Duty.objects.filter(id=urgent.id).update(is_urgent=True)
    owed(ann)
    assert remind(north) == 1
    assert "2 duties" in channel[0][1]
    assert "Report" not in channel[0][2]


@pytest.mark.parametrize(
    ("kinds", "days", "code"),
    [
        ([WATCH], None, "always_told"),
        (["tests.unknown"], None, "always_told"),
        ([], -1, "bad_day"),
        ([], 32, "bad_day"),
    ],
)
def test_mute_when_it_cannot_be_then_refused_and_nothing_is_kept(ann, kinds, days, code):
    last_day = None if days is None else TODAY + timedelta(days=days)
    with pytest.raises(Invalid) as refusal:
        mute(ann, *kinds, last_day=last_day)
    assert refusal.value.code == code
    assert not ReminderChoice.objects.exists()


def test_try_when_asked_then_one_message_leaves_as_any_other_and_not_again_at_once(north, ann, channel):  # noqa: F811
    operations.try_channel(actor=people.acting(ann), now=NOON)
    with pytest.raises(Conflict) as refusal:
        operations.try_channel(actor=people.acting(ann), now=NOON + timedelta(seconds=59))
    assert refusal.value.code == "too_soon"
    assert remind(north, NOON + timedelta(seconds=59)) == 1
    assert "test message" in channel[0][1]
    assert AuditEntry.objects.filter(action="duties.try_channel").count() == 1


def test_try_when_the_site_sends_nothing_then_told(ann, settings):
    settings.FUGONG_REMINDERS = []
    with pytest.raises(Conflict) as refusal:
        operations.try_channel(actor=people.acting(ann), now=NOON)
    assert refusal.value.code == "nothing_sent"


def test_remind_when_the_duty_is_about_a_person_then_the_message_names_nobody(north, ann, channel):  # noqa: F811
    owed(ann, kind=ABOUT_HER)
    assert remind(north) == 1
    assert "Enterprise 1" not in channel[0][2]
    assert "1 in all" in channel[0][2]
