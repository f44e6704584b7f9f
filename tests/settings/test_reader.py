"""A setting that cannot be used stops the start with one sentence that names it and says what is expected."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from fugong.settings.reader import BadSetting, Reader


def read(**environ: str) -> Reader:
    return Reader(environ)


def test_what_is_not_set_or_empty_is_the_default():
    for reader in (read(), read(X="")):
        assert reader.text("X", "a") == "a"
        assert reader.flag("X", True) is True
        assert reader.number("X", 3) == 3
        assert reader.words("X", ("a", "b")) == ["a", "b"]
        assert reader.folder("X", Path("/a")) == Path("/a")
        assert reader.moment("X") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("true", True), ("YES", True), ("0", False), ("False", False), ("no", False)],
)
def test_a_flag_is_said_in_six_words(value, expected):
    assert read(X=value).flag("X", not expected) is expected


def test_words_are_separated_by_commas():
    assert read(X="a.example, b.example,,").words("X", ()) == ["a.example", "b.example"]


def test_a_folder_is_absolute_and_knows_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read(X="~/data").folder("X", Path("/a")) == tmp_path / "data"
    assert read(X="data").folder("X", Path("/a")).is_absolute()


def test_a_moment_has_its_offset():
    expected = datetime(2022, 4, 27, 18, 30, tzinfo=timezone(timedelta(hours=8)))
    assert read(X="2022-04-27T18:30+08:00").moment("X") == expected


@pytest.mark.parametrize(
    ("ask", "value", "expected"),
    [
        (lambda reader: reader.flag("FUGONG_X", True), "perhaps", "say 1 or 0"),
        (lambda reader: reader.number("FUGONG_X", 1), "-1", "give a whole number of at least 0"),
        (lambda reader: reader.number("FUGONG_X", 1), "1.5", "give a whole number of at least 0"),
        (lambda reader: reader.number("FUGONG_X", 1), "٣", "give a whole number of at least 0"),
        (lambda reader: reader.number("FUGONG_X", 1, least=1), "0", "give a whole number of at least 1"),
        (lambda reader: reader.moment("FUGONG_X"), "tomorrow", "give a time such as 2022-04-27T18:30+08:00"),
        (
            lambda reader: reader.moment("FUGONG_X"),
            "2022-04-27T18:30",
            "add the offset from UTC, such as +08:00",
        ),
    ],
)
def test_a_value_that_cannot_be_used_stops_the_start_with_one_sentence(ask, value, expected):
    with pytest.raises(BadSetting) as stop:
        ask(read(FUGONG_X=value))
    assert str(stop.value) == f"fugong: FUGONG_X={value!r} cannot be used: {expected}."
    assert stop.value.name == "FUGONG_X"


def test_own_channels_are_an_allow_list_of_services_and_mail_hosts():
    reader = read(X="wecom, feishu,@zone.example")
    assert reader.channels("X") == ["wecom", "feishu", "@zone.example"]
    assert read().channels("X") == []


@pytest.mark.parametrize("word", ["mailto", "http://10.0.0.1", "@", "@localhost", "@zone.example/x", "json"])
def test_an_own_channel_that_is_neither_stops_the_start(word):
    with pytest.raises(BadSetting, match="name dingtalk, wecom, feishu or hosts of mailboxes"):
        read(X=word).channels("X")


MAIL_SERVER = "mailtos://u:p@smtp.zone.example?to={mail}"


def test_a_mail_server_is_needed_only_for_mailboxes():
    assert read().mail_server("X", needed=False) == ""
    assert read(X=MAIL_SERVER).mail_server("X", needed=False) == MAIL_SERVER


@pytest.mark.parametrize(
    "value", ["", "mailtos://u:secret@smtp.zone.example", "http://x/{mail}", "mailto://{user}"]
)
def test_a_mail_server_without_a_place_for_the_receiver_stops_the_start_and_shows_no_password(value):
    with pytest.raises(BadSetting) as stopped:
        read(X=value).mail_server("X", needed=True)
    assert "secret" not in str(stopped.value)
