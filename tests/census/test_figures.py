"""Totals and figures of a census: by outcome, by finding, as they were known; and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.census import operations, queries
from fugong.census.models import Case
from fugong.census.queries.figures import UnknownScope
from fugong.census.queries.rows import call_rows
from fugong.core.figures import FigureQuery
from fugong.core.figures.definitions import catalogue
from tests.census.making import called, caller, from_hubei, opened, runner
from tests.people.making import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def worked(at):
    """Four people: two reached (one returned and stayed), one silent, one not called."""
    rui, bo = runner(at.authority), caller(at.firm)
    people = [*from_hubei(at.firm, 3), *from_hubei(at.far)]
    campaign = opened(rui)
    cases = [Case.objects.get(person=person) for person in people]
    called(cases[0], bo, findings=("returned", "stayed"), now=NOW + HOUR)
    called(cases[1], bo, findings=("stayed",), now=NOW + HOUR)
    called(cases[2], bo, "no_answer", now=NOW + HOUR)
    return campaign, cases, rui, bo


def compute(at, key, **scope):
    when = {"as_of": NOW + 5 * HOUR, "known_at": NOW + 5 * HOUR, "areas": None}
    given = {name: scope.pop(name) for name in tuple(scope) if name in when}
    query = FigureQuery(authority_id=at.authority.id, scope={"campaign": "hubei", **scope}, **when | given)
    return catalogue[key].compute(query)


def test_totals_when_findings_overlap_then_each_is_counted_and_no_rest_is_made(at, worked):
    campaign, _cases, rui, bo = worked
    totals = queries.totals_of(campaign, actor=rui)
    assert (totals.listed, totals.closed, totals.open, totals.untried) == (4, 2, 2, 1)
    assert totals.by_outcome == {"reached": 2, "no_answer": 1}
    assert totals.by_finding == {"traced": 2, "returned": 1, "stayed": 2}
    assert totals.by_group == {"done": 2, "trying": 1}
    mine = queries.totals_of(campaign, actor=bo)
    assert (mine.listed, mine.untried) == (3, 0)


def test_progress_when_asked_then_by_enterprise_with_what_is_left_first(at, worked):
    campaign, _cases, rui, _bo = worked
    found = queries.progress_of(campaign, actor=rui)
    assert {(row.enterprise_id, row.listed, row.closed) for row in found} == {
        (at.firm.id, 3, 2),
        (at.far.id, 1, 0),
    }


def test_work_left_when_asked_then_now_later_and_with_somebody(at, worked):
    campaign, _cases, rui, _bo = worked
    assert queries.work_left(campaign, actor=rui, now=NOW + 2 * HOUR) == {"now": 1, "later": 1, "held": 0}
    operations.take_next(campaign.id, actor=caller(at.far), now=NOW + 2 * HOUR)
    assert queries.work_left(campaign, actor=rui, now=NOW + 2 * HOUR) == {"now": 0, "later": 1, "held": 1}


def test_figures_when_computed_then_with_the_rows_behind_them(at, worked):
    _campaign, _cases, rui, _bo = worked
    assert compute(at, "census.listed").value == 4
    assert compute(at, "census.by_outcome", outcome="reached").value == 2
    assert compute(at, "census.by_group", group="trying").value == 1
    stayed = compute(at, "census.by_finding", finding="stayed")
    assert (stayed.value, len(stayed.rows)) == (2, 2)
    assert compute(at, "census.by_finding", finding="returned").value == 1
    shown = call_rows(rui, [row.id for row in stayed.rows])
    assert {row.label for row in shown.values()} == {"李伟"}


def test_figures_when_limited_to_areas_then_only_their_people(at, worked):
    assert compute(at, "census.listed", areas=frozenset({at.far.area_id})).value == 1
    assert compute(at, "census.by_finding", finding="stayed", areas=frozenset({at.far.area_id})).value == 0


def test_figures_when_an_entry_was_taken_back_then_as_known_before_and_after(at, worked):
    _campaign, cases, _rui, bo = worked
    operations.take_back(cases[0].id, actor=bo, now=NOW + 2 * HOUR)
    before = {"as_of": NOW + HOUR, "known_at": NOW + HOUR}
    assert compute(at, "census.by_finding", finding="returned", **before).value == 1
    assert compute(at, "census.by_finding", finding="returned").value == 0
    called(cases[0], bo, "no_answer", now=NOW + 3 * HOUR)
    assert compute(at, "census.by_outcome", outcome="no_answer").value == 2


def test_figures_when_nobody_had_called_yet_then_none(at, worked):
    early = {"as_of": NOW, "known_at": NOW}
    assert compute(at, "census.by_outcome", outcome="reached", **early).value == 0
    assert compute(at, "census.listed", **early).value == 4


@pytest.mark.parametrize(
    ("key", "scope"),
    [
        ("census.listed", {"outcome": "reached"}),
        ("census.by_outcome", {}),
        ("census.by_outcome", {"outcome": "gone"}),
        ("census.by_group", {"group": "gone"}),
        ("census.by_finding", {"finding": "gone"}),
    ],
)
def test_figures_when_asked_by_what_is_not_there_then_refused(at, worked, key, scope):
    with pytest.raises(UnknownScope):
        compute(at, key, **scope)


def test_opening_when_many_people_are_named_then_few_statements(at):
    rui = runner(at.authority)
    from_hubei(at.firm, 2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        opened(rui, code="few")
    from_hubei(at.firm, 10)
    with CaptureQueriesContext(connection) as many:
        opened(rui, code="many")
    assert len(many) == len(few)
    assert len(many) < 40


@pytest.mark.parametrize("order", ["next_call_at", "last_call_at"])
def test_next_when_the_list_is_long_then_by_an_index(at, worked, order):
    campaign, *_rest = worked
    asked = {
        "next_call_at": "next_call_at <= now() order by next_call_at",
        "last_call_at": "next_call_at is null order by last_call_at nulls first, id",
    }[order]
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_sort = off")
        cursor.execute(
            "explain select id from census_case where authority_id = %s and campaign_id = %s"
            f" and state = 'open' and {asked} limit 1",
            [at.authority.id, campaign.id],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "case_next_call" in plan or "case_least_tried" in plan
    assert "Sort" not in plan
