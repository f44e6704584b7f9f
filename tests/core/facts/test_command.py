"""`fugong facts` as typed, and the operation behind it."""

import argparse
from datetime import timedelta

import pytest

from fugong.cli import facts as cli
from fugong.core import facts
from fugong.core.audit.models import AuditEntry
from fugong.core.fact_revival import revive_facts
from fugong.core.facts.models import Fact
from fugong.core.tenancy import acting_for
from fugong.hosting import schema
from tests.core.making import NOW, actor_of


@pytest.fixture(autouse=True)
def _tables_are_current(monkeypatch):
    monkeypatch.setattr(schema, "require_current", lambda *, say: None)


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return cli.run(parser.parse_args(words))


def dead(authority, name: str = "a.Happened") -> Fact:
    with acting_for(authority.id):
        fact = facts.record(authority_id=authority.id, name=name, payload={}, at=NOW)
        Fact.objects.filter(id=fact.id).update(dead_at=NOW, attempts=6, last_error="x: KeyError: y\nz: no")
    return fact


def test_list_says_what_died_and_why(authority, neighbour, capsys):
    fact = dead(authority)
    facts.record(authority_id=authority.id, name="a.Happened", payload={}, at=NOW)
    assert typed("list") == 0
    said = capsys.readouterr()
    line = ["datong", str(fact.id), "2022-04-27 10:00 UTC", "a.Happened", "x: KeyError: y / z: no"]
    assert said.out == "\t".join(line) + "\n"
    assert said.err.splitlines() == [
        "datong: 1 given up, 1 on their way",
        "neighbour: 0 given up, 0 on their way",
    ]
    assert typed("list", "--authority", "nowhere") == 2


def test_revive_sends_all_again_each_with_its_audit_row(authority, neighbour, capsys):
    mine, theirs = [dead(authority), dead(authority)], dead(neighbour)
    assert typed("revive", "--authority", "datong") == 0
    assert capsys.readouterr().out.startswith("datong: 2 on their way again")
    assert facts.list_dead() == []
    told = AuditEntry.objects.filter(action="facts.revive")
    assert {entry.subject_id for entry in told} == {str(fact.id) for fact in mine}
    assert {entry.changes["name"] for entry in told} == {"a.Happened"}
    with acting_for(neighbour.id):
        assert [fact.id for fact in facts.list_dead()] == [theirs.id]


def test_revive_of_named_ones_leaves_the_others_and_says_what_is_not_dead(authority, capsys):
    first, second = dead(authority), dead(authority)
    assert typed("revive", str(first.id)) == 0
    assert [fact.id for fact in facts.list_dead()] == [second.id]
    assert typed("revive", str(first.id)) == 1
    assert "not all of these are dead" in capsys.readouterr().err
    assert AuditEntry.objects.filter(action="facts.revive").count() == 1


def test_revive_when_nothing_is_dead_writes_nothing(authority):
    assert revive_facts((), actor=actor_of(authority.id), now=NOW + timedelta(days=1)) == []
    assert not AuditEntry.objects.filter(action="facts.revive").exists()
