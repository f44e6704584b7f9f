"""What may stand in an own channel, letter by letter: the server calls it."""

from __future__ import annotations

import pytest
from apprise import Apprise

from fugong.core.refusals import Invalid
from fugong.duties.choices import Channel
from fugong.duties.rules.channels import Allowed, is_still_allowed, read_address, read_allowed, shown

# apprise looks for a module that Python 3.13 no longer has, and brings its own then.
pytestmark = pytest.mark.filterwarnings("ignore:.imghdr. is deprecated:DeprecationWarning")
ALL = read_allowed(["dingtalk", "wecom", "feishu", "@zone.example", "@firm.example"])
KEY = "0123456789abcdefABCDEF"
DING, WECOM, FEISHU, MAIL = Channel.DINGTALK, Channel.WECOM, Channel.FEISHU, Channel.MAIL


@pytest.mark.parametrize(
    ("channel", "typed", "secret", "kept"),
    [
        (DING, f"https://oapi.dingtalk.com/robot/send?access_token={KEY}", "", f"dingtalk://{KEY}/"),
        (DING, f"dingtalk://SEC0abcdef@{KEY}/", "", f"dingtalk://SEC0abcdef@{KEY}/"),
        (DING, f"dingtalk://{KEY}", "SEC0abcdef", f"dingtalk://SEC0abcdef@{KEY}/"),
        (WECOM, f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", "", f"wecombot://{KEY}/"),
        (WECOM, f" wecombot://{KEY} ", "", f"wecombot://{KEY}/"),
        (FEISHU, f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}", "", f"feishu://{KEY}/"),
    ],
)
def test_read_address_when_it_is_a_robot_then_kept_short_and_apprise_calls_the_service(
    channel, typed, secret, kept
):
    found = read_address(channel, typed, ALL, secret=secret)
    assert found == kept
    assert is_still_allowed(channel, found, ALL)
    plugin = Apprise.instantiate(f"{found}?redirect=no")
    assert plugin is not None
    assert plugin.redirects is False
    assert KEY in plugin.url()


def test_shown_when_asked_then_not_enough_to_use_it():
    assert shown(DING, f"dingtalk://SEC0abcdef@{KEY}/") == f"···{KEY[-4:]}"
    assert shown(MAIL, "liming@zone.example") == "l···@zone.example"


@pytest.mark.parametrize("typed", ["li@zone.example", "Li.Ming+work@ZONE.example"])
def test_read_address_when_it_is_a_mailbox_at_an_allowed_host_then_kept(typed):
    assert read_address(MAIL, typed, ALL).endswith("@zone.example")


@pytest.mark.parametrize(
    ("channel", "typed", "code"),
    [
        *[
            (channel, typed, "no_robot")
            for channel in (DING, WECOM, FEISHU)
            for typed in (
                *(
                    "",
                    KEY,
                    "http://127.0.0.1/",
                    "http://169.254.169.254/latest/meta-data/",
                    "file:///etc/passwd",
                ),
                *(f"json://10.0.0.1/{KEY}", f"wecombot://{KEY}@10.0.0.1", f"feishu://10.0.0.1/{KEY}"),
                *(f"dingtalk://{KEY}/13800138000", f"dingtalk://{KEY}?redirect=yes", "dingtalk://short"),
                f"https://oapi.dingtalk.com.evil.example/robot/send?access_token={KEY}",
                f"https://oapi.dingtalk.com@evil.example/robot/send?access_token={KEY}",
                f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}/../../../admin",
                f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}\r\nHost: evil.example",
                f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}&debug=1",
                f"http://oapi.dingtalk.com/robot/send?access_token={KEY}",
                "feishu://" + "a" * 129,
            )
        ],
        (MAIL, "", "no_mailbox"),
        (MAIL, "li", "no_mailbox"),
        (MAIL, "li@zone.example,evil@zone.example", "no_mailbox"),
        (MAIL, "li@zone.example\nBcc: evil@evil.example", "no_mailbox"),
        (MAIL, "li@zone.example?smtp=10.0.0.1", "no_mailbox"),
        (MAIL, "{username}@zone.example", "no_mailbox"),
        (MAIL, "li@evil.example", "host_not_allowed"),
        (MAIL, "li@sub.zone.example", "host_not_allowed"),
        (MAIL, "li@zone.example.evil.example", "host_not_allowed"),
    ],
)
def test_read_address_when_it_is_anything_else_then_refused(channel, typed, code):
    with pytest.raises(Invalid) as refusal:
        read_address(channel, typed, ALL)
    assert refusal.value.code == code


@pytest.mark.parametrize("channel", [WECOM, FEISHU])
def test_read_address_when_only_dingtalk_signs_then_a_secret_is_refused_elsewhere(channel):
    scheme = {WECOM: "wecombot", FEISHU: "feishu"}[channel]
    with pytest.raises(Invalid) as refusal:
        read_address(channel, f"{scheme}://{KEY}", ALL, secret="SEC0abcdef")
    assert refusal.value.code == "no_secret"


@pytest.mark.parametrize("channel", list(Channel))
def test_read_address_when_the_installation_allows_nothing_then_nothing_is_read(channel):
    with pytest.raises(Invalid) as refusal:
        read_address(channel, f"dingtalk://{KEY}", Allowed())
    assert refusal.value.code == "not_allowed"


def test_read_allowed_when_read_then_in_one_order():
    assert ALL.channels == [MAIL, DING, WECOM, FEISHU]
    assert read_allowed(["feishu"]).channels == [FEISHU]
    assert Allowed().channels == []


def test_is_still_allowed_when_the_host_of_a_mailbox_was_taken_off_then_not():
    assert is_still_allowed(MAIL, "li@firm.example", ALL)
    assert not is_still_allowed(MAIL, "li@firm.example", read_allowed(["@zone.example"]))
