"""The proof of a printed figure: its meaning, its clause, and the very rows that the reader may see."""

from dataclasses import replace

import pytest

from fugong.command import queries
from fugong.command.models import BulletinFigure
from fugong.command.queries.proof import LISTED
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import StandingEvent
from tests.core.web.people import signed_in, text

ROWS = {
    "enterprises_in_parks": 106,
    "resumed": 91,
    "resumption_rate": 106,
    "above_size": 39,
    "above_size_resumed": 36,
    "difficulties_solved": 39,
}


def proof(case, key, reader="commander"):
    actor = case.actor(reader)
    return queries.proof_of(actor, queries.get_figure(actor, case.published.pk, key))


@pytest.mark.parametrize("key", ROWS)
def test_the_rows_are_as_many_as_the_figure_says_and_have_names(case, key):
    found = proof(case, key, "headquarters")
    assert found.recomputes
    assert len(found.rows) == ROWS[key]
    assert all(row.shown and row.shown.label and row.shown.url for row in found.rows)
    assert len({row.hash for row in found.rows}) == ROWS[key]
    assert [row.shown.label for row in found.rows] == sorted(row.shown.label for row in found.rows)


def test_a_rate_tells_which_of_its_rows_are_above_the_line(case):
    found = proof(case, "resumption_rate")
    assert (found.above_the_line, found.below_the_line) == (91, 15)
    assert not proof(case, "resumed").is_of_a_rate


def test_instructors_are_counted_once_and_shown_with_each_enterprise(case):
    found = proof(case, "instructors")
    assert found.figure.value == 47
    assert all(row.shown for row in found.rows)
    assert len(found.rows) >= 47


def test_a_reader_gets_no_name_that_he_may_not_see(case):
    """The reviewer of one park reads the bulletin of both: the other park's rows are there without names."""
    rows = proof(case, "resumed", "park1").rows
    named = [row for row in rows if row.shown]
    assert len(rows) == 91
    assert 0 < len(named) < 91
    assert {row.shown.detail for row in named} == {"大通工业新区"}
    instructors = proof(case, "instructors", "park1").rows
    assert 0 < sum(row.shown is not None for row in instructors) < len(instructors)


def test_who_has_no_part_in_difficulties_sees_none(case, composer):
    names = {name for name in composer.permissions if not name.startswith("difficulties.")}
    reader = replace(composer, permissions=frozenset(names))
    row = queries.get_figure(reader, case.published.pk, "difficulties_solved")
    assert {each.shown for each in queries.proof_of(reader, row).rows} == {None}


def test_the_clause_of_the_source_and_the_definition_are_quoted(case):
    found = proof(case, "resumption_rate")
    assert [ref for ref, _quote in found.clauses] == ["E-09"]
    assert "91" in found.clauses[0][1]
    assert len(found.definitions) == 2
    assert found.figure.numerator is not None


def test_a_stated_figure_has_its_source_and_no_rows(case):
    found = proof(case, "passes_arranged")
    assert (found.rows, found.recomputes) == ((), True)
    assert [ref for ref, _quote in found.clauses] == ["E-19"]


def test_a_record_removed_under_it_shows_at_once(tampered):
    StandingEvent.objects.filter(state=StandingState.RESUMED).earliest("at").delete()
    found = proof(tampered, "resumed")
    assert not found.recomputes
    assert len(found.rows) == 90


def test_a_figure_that_the_playbook_no_longer_composes_does_not_recompute(tampered):
    BulletinFigure.objects.filter(key="resumed").update(key="loan_books")
    actor = tampered.actor("commander")
    found = queries.proof_of(actor, queries.get_figure(actor, tampered.published.pk, "loan_books"))
    assert (found.recomputes, found.rows) == (False, ())


@pytest.mark.usefixtures("morning_after")
def test_the_page_lists_the_rows_with_the_way_to_each(case):
    said = text(signed_in(case.user("park1")).get(f"/bulletins/{case.published.pk}/resumed/"))
    assert "Recomputed just now: the same to the digit and to the row." in said
    assert said.count("<code title=") == 91
    assert said.count("a row you may not see") + said.count("Datong Industrial New Zone") == 91


@pytest.mark.usefixtures("morning_after")
@pytest.mark.parametrize("key", ["no-such-figure", "resumed_"])
def test_a_figure_that_is_not_there_is_not_found(case, key):
    client = signed_in(case.user("commander"))
    assert client.get(f"/bulletins/{case.published.pk}/{key}/").status_code == 404


def test_the_list_of_a_proof_is_cut_and_says_by_how_much(case):
    found = proof(case, "resumed")
    assert (len(found.listed), found.unlisted) == (len(found.rows), 0)
    many = replace(found, rows=(found.rows * LISTED)[: LISTED + 3])
    assert (len(many.listed), many.unlisted) == (LISTED, 3)
