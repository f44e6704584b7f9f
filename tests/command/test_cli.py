"""`fugong bulletin` as a program of its own, in both languages, with its exit codes."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from fugong.areas import operations as areas
from fugong.cli import bulletin as cli
from fugong.core.postgres import roles
from fugong.core.postgres.urls import ConnectionInfo
from tests import server
from tests.command.case import NOW

ROOT = Path(__file__).resolve().parents[2]


def here(*words):
    """The command in this process, where starting another one would show nothing more."""
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return cli.run(parser.parse_args(words))


@pytest.fixture
def run(alone, datong):
    """Runs the program on this test's own copy of the case."""
    where, name = server.address(), connections["default"].settings_dict["NAME"]
    owner = ConnectionInfo(where["host"], int(where["port"]), name, roles.OWNER)
    app = ConnectionInfo(where["host"], int(where["port"]), name, roles.APP)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "fugong.settings.base",
        "FUGONG_DATABASE_URL": app.url(),
        "FUGONG_OWNER_DATABASE_URL": owner.url(),
        "FUGONG_HOME": str(datong.home),
        "FUGONG_CLOCK": NOW.isoformat(),
        "PYTHONIOENCODING": "utf-8",
    }

    def bulletin(*words):
        command = [sys.executable, "-m", "fugong.cli", "bulletin", *words]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
        )

    return bulletin


def tamper(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('fugong.authority', id::text, false) from areas_authority")
        cursor.execute(statement)


@pytest.mark.committed
def test_it_prints_the_day_in_both_languages(run):
    zh = run("--playbook", "datong", "--as-of", "2022-04-27")
    assert zh.returncode == 0, zh.stderr
    assert zh.stdout.startswith("大通区企业复工复产简报\n")
    assert "入驻的106家企业，已复工91家，复工率85.8%" in zh.stdout
    assert "规上工业企业39家，已复工36家，复工率92.3%" in zh.stdout
    en = run("--playbook", "datong", "--as-of", "2022-04-27", "--lang", "en")
    assert en.returncode == 0, en.stderr
    assert en.stdout.startswith("Bulletin on the resumption of enterprises in Datong district\n")
    assert "91 enterprises had resumed work, a resumption rate of 85.8%" in en.stdout


@pytest.mark.committed
def test_it_verifies_and_tells_when_a_bulletin_is_not_what_was_published(run):
    good = run("verify")
    assert (good.returncode, good.stdout) == (
        0,
        "2022-001: the same to the digit, 16 figures, from the rows\n",
    )
    tamper("update command_bulletin set title = '{}'")
    tamper(
        "delete from enterprises_standingevent where id ="
        " (select id from enterprises_standingevent where state = 'resumed' order by at limit 1)"
    )
    bad = run("verify", "2022-001")
    assert bad.returncode == 1
    assert "2022-001: resumed recomputes to something else\n" in bad.stdout
    assert "2022-001: the wording recomputes to something else\n" in bad.stdout
    assert "2022-001: what is kept is not what was sealed when it was composed\n" in bad.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--as-of", "2022-04-29"], "2022-04-29 is yet to come."),
        (["--as-of", "2022-03-31"], "No playbook was in force on that day."),
        (["--as-of", "2022-04-27", "--playbook", "other"], "on 2022-04-27 the playbook datong was in force."),
        (["--authority", "nowhere"], "there is no authority nowhere here, only datong."),
        (["verify", "2022-099"], "there is no bulletin 2022-099 here."),
    ],
)
@pytest.mark.usefixtures("case", "morning_after")
def test_what_cannot_be_done_is_said_in_one_sentence(capsys, words, sentence):
    assert here(*words) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"fugong bulletin: {sentence}\n")


@pytest.mark.usefixtures("case", "morning_after")
def test_an_earlier_day_is_told_as_it_was(capsys):
    assert here("--as-of", "2022-04-18", "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "of 39 enterprises above designated size, 31 enterprises had resumed, a rate of 79.5%" in said


@pytest.mark.usefixtures("db", "morning_after")
def test_where_nothing_is_set_up_it_says_what_to_do(capsys):
    assert here("verify") == 2
    assert capsys.readouterr().err == (
        "fugong bulletin: there is no authority here yet; `fugong demo` sets one up.\n"
    )


@pytest.mark.usefixtures("case", "morning_after")
def test_with_two_authorities_one_is_to_be_named(capsys):
    areas.found_authority("second", name_zh="乙", name_en="Second", playbook_id="datong", now=NOW)
    assert here("verify") == 2
    assert "name one of datong, second with --authority." in capsys.readouterr().err
    assert here("verify", "--authority", "second") == 0
    assert capsys.readouterr().out == "no bulletin has been published\n"
