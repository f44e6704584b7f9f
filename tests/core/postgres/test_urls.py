from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.postgres.connections import connections_for, django_databases
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.urls import ConnectionInfo, parse_url

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)


def test_parse_when_all_is_given_takes_each_part():
    text = "postgresql://app:p%40ss%2Fw%3A%23@db.example:6432/fugong?sslmode=require&connect_timeout=5"
    info = parse_url(text, setting="S")
    assert info == ConnectionInfo(
        host="db.example", port=6432, name="fugong", user="app", password="p@ss/w:#",
        options={"sslmode": "require", "connect_timeout": "5"},
    )  # fmt: skip


def test_parse_when_host_is_a_directory_takes_the_socket():
    info = parse_url("postgres://app@/fugong?host=%2Frun%2Fpg", setting="S")
    assert (info.host, info.port, info.options) == ("/run/pg", 5432, {})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "begin with postgresql://"),
        ("mysql://u:sesame@h/d", "begin with postgresql://"),
        ("fugong", "begin with postgresql://"),
        ("postgresql://u:sesame@h", "no database"),
        ("postgresql://u:sesame@h/", "no database"),
        ("postgresql://h/d", "no user"),
        ("postgresql://u:sesame@/d", "no host"),
        ("postgresql://u:sesame@h:x/d", "port"),
        ("postgresql://u:sesame@h:99999/d", "port"),
        ("postgresql://u:sesame@h:0/d", "port 0"),
        ("postgresql://u:sesame@h1:5432,h2:5432/d", "more than one host"),
        ("postgresql://u:sesame@h/d?sslmod=require", "'sslmod'"),
        ("postgresql://u:sesame@h/d?dbname=other", "'dbname'"),
        ("postgresql://u:sesame@h/d?sslmode", "name=value"),
        ("postgresql://u:sesame@h/d#x", "bare #"),
        ("postgresql://u:se#same@h/d", "."),
    ],
)
def test_parse_when_wrong_names_setting_and_part_but_no_password(text, part):
    with pytest.raises(DatabaseFault) as refused:
        parse_url(text, setting="FUGONG_DATABASE_URL")
    assert "FUGONG_DATABASE_URL" in str(refused.value)
    assert part in str(refused.value)
    assert "sesame" not in str(refused.value)
    assert "same@" not in str(refused.value)


@given(user=words, password=words, name=words)
def test_url_and_conninfo_when_signs_are_odd_say_the_same(user, password, name):
    info = ConnectionInfo(host="db.example", port=5433, name=name, user=user, password=password)
    assert parse_url(info.url(), setting="S") == info
    assert psycopg.conninfo.conninfo_to_dict(info.conninfo()) == {
        "host": "db.example", "port": "5433", "dbname": name, "user": user, "password": password,
    }  # fmt: skip


@pytest.mark.parametrize("host", ["/run/a b", "::1", "192.0.2.7"])
def test_url_when_host_is_socket_or_number_reads_back(host):
    info = ConnectionInfo(host=host, port=5432, name="d", user="u", options={"sslmode": "disable"})
    assert parse_url(info.url(), setting="S") == info


def test_password_is_not_in_the_repr():
    assert "sesame" not in repr(ConnectionInfo(host="h", port=1, name="d", user="u", password="sesame"))


def test_connections_when_a_server_is_named_are_that_servers(tmp_path: Path):
    environ = {
        "FUGONG_DATABASE_URL": "postgresql://fugong_app:a@h/d",
        "FUGONG_OWNER_DATABASE_URL": "postgresql://fugong_owner:b@h/d",
    }
    found = connections_for(tmp_path, owner=True, environ=environ)
    assert {alias: info.user for alias, info in found.items()} == {
        "default": "fugong_app", "owner": "fugong_owner",
    }  # fmt: skip
    assert list(connections_for(tmp_path, owner=False, environ=environ)) == ["default"]


def test_connections_when_the_owner_is_asked_for_but_not_named_says_so(tmp_path: Path):
    environ = {"FUGONG_DATABASE_URL": "postgresql://fugong_app:a@h/d"}
    with pytest.raises(DatabaseFault, match="set FUGONG_OWNER_DATABASE_URL"):
        connections_for(tmp_path, owner=True, environ=environ)


def test_connections_when_embedded_start_nothing_and_make_nothing(ground: Path):
    databases = django_databases(ground / "home", owner=True, environ={})
    assert databases["default"]["USER"] == "fugong_app"
    assert databases["owner"]["USER"] == "fugong_owner"
    assert databases["owner"]["HOST"] == str(ground / "home" / "postgres" / "run")
    assert not (ground / "home").exists()
