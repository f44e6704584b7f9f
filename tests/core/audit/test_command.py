"""`fugong audit` as typed."""

import argparse
from datetime import timedelta

import pytest

from fugong.cli import audit
from fugong.core.audit.sealing import seal_all
from fugong.core.audit.verifying import find_head
from tests.core.audit.conftest import as_owner, write
from tests.core.making import NOW, actor_of, found


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    audit.add_arguments(parser)
    return audit.run(parser.parse_args(words))


@pytest.mark.django_db
class TestReading:
    def test_intact_chain_says_so_with_its_head(self, authority, capsys):
        write(authority, count=3)
        seal_all(authority.id, now=NOW)
        write(authority)
        assert typed("verify") == 0
        head = find_head(authority.id)
        assert capsys.readouterr().out == f"datong: intact, 3 entries; head {head}; 1 waiting to be sealed\n"

    def test_every_authority_is_verified_or_the_one_named(self, authority, neighbour, capsys):
        assert typed("verify") == 0
        assert capsys.readouterr().out.splitlines() == [
            "datong: intact, 0 entries",
            "neighbour: intact, 0 entries",
        ]
        assert typed("verify", "--authority", "neighbour") == 0
        assert capsys.readouterr().out == "neighbour: intact, 0 entries\n"

    def test_unknown_authority_is_a_mistake_of_the_caller(self, authority, capsys):
        assert typed("verify", "--authority", "nowhere") == 2
        assert capsys.readouterr().err == "fugong audit: there is no authority with the code nowhere.\n"

    def test_head_of_an_earlier_day_still_fits(self, authority, capsys):
        write(authority, count=2)
        assert typed("head") == 0
        assert capsys.readouterr().out == "datong nothing sealed yet\n"
        assert typed("seal") == 0
        assert capsys.readouterr().out == "datong: 2 entries sealed\n"
        typed("head")
        kept = capsys.readouterr().out.split()[1]
        write(authority, count=2)
        typed("seal")
        assert typed("verify", "--head", kept) == 0

    def test_head_of_another_chain_does_not_fit(self, authority, capsys):
        write(authority, count=2)
        typed("seal")
        assert typed("verify", "--head", f"2:{'0' * 64}") == 1
        assert "BROKEN at position 2" in capsys.readouterr().out
        assert typed("verify", "--head", f"9:{'0' * 64}") == 1
        assert "BROKEN at position 3" in capsys.readouterr().out

    def test_head_belongs_to_one_authority(self, authority, neighbour, capsys):
        assert typed("verify", "--head", f"2:{'0' * 64}") == 2
        assert "name it with --authority" in capsys.readouterr().err

    def test_head_that_is_none_is_refused_by_the_parser(self, authority, capsys):
        with pytest.raises(SystemExit):
            typed("verify", "--head", "12")
        assert "POSITION:HASH" in capsys.readouterr().err

    def test_list_shows_place_time_in_china_who_what_and_to_what(self, authority, capsys):
        write(authority, note="条件齐备")
        typed("seal")
        write(authority, subject=None, note="", at=NOW + timedelta(hours=1))
        capsys.readouterr()
        assert typed("list") == 0
        assert capsys.readouterr().out.splitlines() == [
            "datong\t-\t2022-04-27T19:00:00+08:00\tAnn\tresumption.approve\t-",
            "datong\t1\t2022-04-27T18:00:00+08:00\tAnn\tresumption.approve\t"
            f"areas.authority:{authority.id}\t条件齐备",
        ]

    def test_list_narrows(self, authority, capsys):
        bo = actor_of(authority.id, name="Bo")
        write(authority, actor=bo, note="bo")
        write(authority, action="support.raise", note="support")
        write(authority, note="late", at=NOW + timedelta(days=1))
        asked = {
            "bo": ("--who", str(bo.user_id)),
            "support": ("--what", "support."),
            "late": ("--since", "2022-04-28"),
        }
        for note, words in asked.items():
            typed("list", *words)
            (line,) = capsys.readouterr().out.splitlines()
            assert line.endswith(note)
        typed("list", "--until", "2022-04-28", "--subject", f"areas.authority:{authority.id}")
        assert len(capsys.readouterr().out.splitlines()) == 2

    def test_list_says_when_there_is_more(self, authority, capsys):
        write(authority, count=3)
        typed("list", "--limit", "2")
        printed = capsys.readouterr()
        assert len(printed.out.splitlines()) == 2
        assert "more before 2022-04-27T18:00:00+08:00" in printed.err


@pytest.mark.django_db
def test_installation_without_authorities_says_so(capsys):
    assert typed("verify") == 2
    assert capsys.readouterr().err == "fugong audit: there is no authority.\n"


@pytest.mark.committed
def test_broken_row_is_named_and_the_other_authority_still_told(chain, capsys):
    found("neighbour")
    with as_owner() as owner:
        owner.execute("update core_auditentry set note = 'x' where note = 'row 1'")
    assert typed("verify") == 1
    broken, intact = capsys.readouterr().out.splitlines()
    assert broken.startswith("datong: BROKEN at position 2, entry ")
    assert broken.endswith(": the entry has been altered. 1 before it are intact.")
    assert intact == "neighbour: intact, 0 entries"


@pytest.mark.committed
def test_missing_master_key_is_told(chain, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("FUGONG_KEYS", str(tmp_path / "keys"))
    assert typed("verify") == 0
    assert "3 seals not proven: their master key is not on this machine" in capsys.readouterr().out
