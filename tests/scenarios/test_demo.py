"""Which case the demo plays, how much of it, and where it keeps it."""

import argparse
from pathlib import Path

import pytest

from fugong.cli import demo
from fugong.scenarios.opening import open_scenario, scenarios


def said(*words):
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    return parser.parse_args(words)


def test_demo_when_nothing_is_said_then_plays_all_of_datong():
    arguments = said()
    assert (arguments.scenario, arguments.part) == ("datong", 1)


@pytest.mark.parametrize(
    ("words", "folder"),
    [
        ((), "demo"),
        (("--scenario", "heyuan"), "demo-heyuan"),
        (("--scenario", "heyuan", "--part", "10"), "demo-heyuan-10"),
    ],
)
def test_demo_when_another_case_is_played_then_keeps_it_apart(words, folder):
    assert demo._folder(said(*words)) == folder


@pytest.mark.parametrize(
    "words", [("--scenario", "nowhere"), ("--part", "0"), ("--part", "101"), ("--part", "half")]
)
def test_demo_when_asked_for_what_there_is_not_then_says_so(words, capsys):
    with pytest.raises(SystemExit):
        said(*words)
    assert "error: argument" in capsys.readouterr().err


def test_demo_knows_the_cases_that_there_are():
    heads = demo._heads()
    assert list(heads) == scenarios()
    assert all(head["told"] and head["ends_at"] for head in heads.values())
    assert Path(demo.SCENARIOS) == Path(demo.__file__).parents[1] / "scenarios"


def test_a_part_of_the_case_is_found_by_its_counts():
    tenth = open_scenario("heyuan", part=10)
    assert sum(row["kind"] == "enterprise" for row in tenth.enterprises) == 33
    assert sum(map(len, tenth.ledgers.values())) == 3787 + 296
