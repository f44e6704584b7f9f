"""The page of one's own reminders, in the browser's terms."""

from __future__ import annotations

import pytest
from django.test import Client

from fugong.core.tenancy import acting_for
from fugong.duties.models import Message, OwnChannel, ReminderChoice
from fugong.resumption.choices import DutyKind
from tests.accounts import making as people
from tests.duties.test_channels import KEY

HOME, CHANNEL, MUTE, TRY = (f"/account/reminders/{each}" for each in ("", "channel/", "mute/", "try/"))
PASTED = f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}"


@pytest.fixture
def north(db, settings):
    settings.FUGONG_REMINDERS = ["mailtos://u:kept-back@smtp.zone.example?to={username}@zone.example"]
    settings.FUGONG_OWN_CHANNELS = ["feishu"]
    return people.authority()


@pytest.fixture
def ann(north):
    with acting_for(north.id):
        return people.user(north, "ann", name="Ann")


@pytest.fixture
def browser(ann) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(ann)
    return client


def text(response) -> str:
    return response.content.decode()


def test_reminders_when_nothing_was_chosen_then_the_way_of_the_site_without_its_address(
    browser, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        shown = text(browser.get(HOME))
    assert "Mail" in shown
    assert "kept-back" not in shown
    assert "Nothing is left out" in shown
    assert "Answer the appeal against a level" in shown
    assert "No message was sent to you yet" in shown


def test_reminders_when_the_site_sends_none_then_it_says_so_and_tries_nothing(browser, settings):
    settings.FUGONG_REMINDERS = []
    shown = text(browser.get(HOME))
    assert "sends no reminders" in shown
    assert TRY not in shown


def test_reminders_when_nobody_is_signed_in_then_to_the_door(north):
    assert Client().get(HOME).status_code == 302


def test_channel_when_chosen_then_never_shown_whole_again(browser, north):
    assert browser.post(CHANNEL, {"channel": "feishu", "address": PASTED}).status_code == 302
    for path in (HOME, CHANNEL):
        shown = text(browser.get(path))
        assert KEY not in shown
        assert f"···{KEY[-4:]}" in shown
    with acting_for(north.id):
        assert OwnChannel.objects.get().address == f"feishu://{KEY}/"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"channel": "feishu", "address": "http://10.0.0.1/"}, "Paste the whole address of the robot"),
        ({"channel": "wecom", "address": PASTED}, "not one of the available choices"),
        ({"channel": "feishu"}, "Paste the whole address of the robot"),
    ],
)
def test_channel_when_it_cannot_be_then_told_and_nothing_is_kept(browser, north, sent, says):
    response = browser.post(CHANNEL, sent)
    assert response.status_code == 422
    assert says in text(response)
    with acting_for(north.id):
        assert not OwnChannel.objects.exists()


def test_channel_when_two_choose_then_each_for_itself(browser, north, ann):
    browser.post(CHANNEL, {"channel": "feishu", "address": PASTED})
    with acting_for(north.id):
        bob = people.user(north, "bob", name="Bob")
    other = Client(headers={"accept-language": "en"})
    other.force_login(bob)
    assert KEY[-4:] not in text(other.get(HOME))


def test_mute_when_chosen_then_shown_and_filled_in_again(browser, north):
    assert "production" in text(browser.get(MUTE))
    key = DutyKind.REPORT
    assert browser.post(MUTE, {"kinds": [key], "last_day": ""}).status_code == 302
    assert "production" in text(browser.get(HOME))
    with acting_for(north.id):
        assert ReminderChoice.objects.get().muted_kinds == [key]


@pytest.mark.parametrize(
    "sent", [{"last_day": "2001-01-01"}, {"kinds": ["clearance.appeal"]}, {"last_day": "soon"}]
)
def test_mute_when_it_cannot_be_then_told(browser, north, sent):
    assert browser.post(MUTE, sent).status_code == 422
    with acting_for(north.id):
        assert not ReminderChoice.objects.exists()


def test_try_when_asked_then_it_waits_and_the_page_asks_again_by_itself(browser, north):
    assert browser.post(TRY).status_code == 302
    shown = text(browser.get(HOME))
    assert "test message" in shown or "测试消息" in shown
    assert "every 10s" in shown
    assert "within the last minute" in text(browser.post(TRY, follow=True))
    part = text(browser.get(HOME, headers={"hx-request": "true", "hx-target": "sent-live"}))
    assert "<html" not in part
    with acting_for(north.id):
        assert Message.objects.count() == 1
