"""`fugong playbook` and the schema for editors."""

import argparse
import json
from pathlib import Path

import pytest

from fugong.cli import playbook as command
from fugong.playbooks.rules.json_schema import json_schema

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "playbook.schema.json"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def test_list_when_asked_then_names_the_library(capsys):
    assert run("list", "--lang", "zh") == 0
    assert capsys.readouterr().out.splitlines() == [
        "datong  1  2022-04-01 –  大通区企业安全有序复工复产方案",
        "heyuan  1  2020-01-26 –  河源高新区企业复工复产疫情防控方案",
        "suzhou  1  2022-07-20 –  宿州绿色家居产业园疫情防控和复工复产方案",
    ]


def test_show_when_asked_then_prints_values_with_their_origin(capsys):
    assert run("show", "datong") == 0
    shown = capsys.readouterr().out
    assert "clocks.answer.working_days = 2  [national-default SC-1-2]" in shown
    assert "standards.ten_in_place.listing = not-listed  [source E-23]" in shown
    assert (
        "playbook.effective_from = 2022-04-01  [local-choice]\n    The report gives the notice no date"
        in shown
    )


def test_show_when_in_chinese_then_prints_chinese_wordings(capsys):
    assert run("show", "datong", "--lang", "zh", "--on", "2022-04-27") == 0
    assert "areas.luohe.name = 洛河镇  [source E-03]" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("show", "nowhere"), ("show", "datong", "--on", "2021-01-01")])
def test_show_when_there_is_none_then_says_what_there_is(words, capsys):
    assert run(*words) == 2
    assert "the library has: datong, heyuan" in capsys.readouterr().err


def test_check_when_in_order_then_counts_the_examples(capsys, zone):
    assert run("check") == 0
    assert capsys.readouterr().out.splitlines() == [
        "datong.toml: datong 1 is in order, 24 examples pass",
        "heyuan.toml: heyuan 1 is in order, 24 examples pass",
        "suzhou.toml: suzhou 1 is in order, 19 examples pass",
    ]
    assert run("check", str(Path(__file__).with_name("zone.toml"))) == 0
    assert "zone 1.2 is in order, 17 examples pass" in capsys.readouterr().out


def test_check_when_wrong_then_prints_every_error_and_fails(tmp_path, zone_text, capsys):
    file = tmp_path / "zone.toml"
    file.write_text(zone_text.replace("rank = 2", "rank = 1").replace("[calendar]", "[calender]"))
    assert run("check", str(file)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("zone.toml:34: calender: unknown key “calender” — did you mean “calendar”?")
    assert "priorities.export.rank: rank 1 is already that of “essential” — give each class" in lines[1]


def test_check_when_nothing_is_there_then_says_so(tmp_path, capsys):
    assert run("check", str(tmp_path)) == 2
    assert "no playbook file" in capsys.readouterr().err
    assert run("check", str(tmp_path / "none.toml")) == 1
    assert "No such file" in capsys.readouterr().err


def test_schema_when_printed_then_is_the_committed_file(capsys):
    assert run("schema") == 0
    printed = capsys.readouterr().out
    assert printed == json_schema()
    assert printed == REFERENCE.read_text(encoding="utf-8"), (
        "run: fugong playbook schema > docs/reference/playbook.schema.json"
    )


def test_schema_when_read_then_knows_tables_but_no_null():
    schema = json.loads(json_schema())
    assert {"playbook", "routes", "standards", "examples"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    assert "null" not in json_schema()
    assert "name" in schema["$defs"]["Route"]["required"]
