"""What is under way this day: counts that equal the lists they lead to, within what the reader sees."""

import re
from collections import Counter
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection

from fugong.command import queries
from fugong.command.web.situation import bars_of
from fugong.duties import queries as duties
from fugong.enterprises.choices import StandingState
from fugong.enterprises.queries import DayOfStanding, standing_by_day
from fugong.resumption import operations as resumption
from tests.command.case import DAY, NOW
from tests.core.web.people import signed_in, text

pytestmark = pytest.mark.usefixtures("morning_after")
COUNT = re.compile(r'href="(/[^"]+)"[^>]*>(?:<svg(?:(?!</svg>).)*</svg>)?(\d+)</a>', re.DOTALL)


@pytest.fixture
def reports_owed(case):
    resumption.open_report_duties(case.authority_id, day=DAY, now=NOW)


def test_the_trend_adds_up_to_what_stands_now(case, publisher):
    found = queries.today(publisher, now=NOW)
    assert len(found.trend) == 30
    assert found.trend[-1].day == DAY.replace(day=28)
    resumed = sum(each.resumed for each in found.trend)
    stopped = sum(each.suspended for each in found.trend)
    assert resumed - stopped == queries.situation(publisher, now=NOW).everyone.part.value == 91


def test_a_day_that_has_just_begun_counts_from_midnight_in_china(case, publisher):
    case.enter(StandingState.RESUMED, at=NOW.replace(hour=0, minute=0), now=NOW)
    case.enter(StandingState.RESUMED, at=NOW.replace(hour=0, minute=0), now=NOW)
    assert standing_by_day(publisher, until=NOW.date(), days=1) == [DayOfStanding(NOW.date(), 2, 0)]
    assert standing_by_day(publisher, until=DAY, days=1)[0].resumed == 3


def test_parks_add_up_to_the_whole(case, publisher, reports_owed):
    parks = [queries.today(case.actor(name), now=NOW) for name in ("park1", "park2")]
    whole = queries.today(publisher, now=NOW)
    assert _counts(parks[0]) + _counts(parks[1]) == _counts(whole)
    for day, one, other in zip(whole.trend, parks[0].trend, parks[1].trend, strict=True):
        assert day.resumed == one.resumed + other.resumed


def _counts(found: queries.Today) -> Counter[str]:
    return Counter(
        owed=found.reports.owed,
        under_review=found.applications.under_review,
        open=found.difficulties.open,
        solved=found.solved,
    )


def test_the_reports_of_the_day_before_are_in_or_missing(publisher, reports_owed):
    found = queries.today(publisher, now=NOW).reports
    assert (found.day, found.received, found.missing, found.owed) == (DAY, 80, 11, 91)


def test_reports_are_missing_before_the_clock_has_asked_for_them(publisher):
    assert queries.today(publisher, now=NOW).reports.missing == 11


def test_each_kind_of_duty_is_counted_as_the_list_has_it(publisher, reports_owed):
    rows = list(duties.list_shortfall(publisher, now=NOW, within=NOW.replace(hour=23, minute=59) - NOW))
    found = duties.tally_shortfall(publisher, now=NOW)
    assert sum(each.missed for each in found) == sum(row.due_at <= NOW for row in rows) == 1
    assert sum(each.today for each in found) == sum(row.due_at > NOW for row in rows) > 11


def test_a_part_that_is_not_the_readers_is_left_out(publisher):
    def without(*names):
        return queries.today(replace(publisher, permissions=publisher.permissions - set(names)), now=NOW)

    assert without("applications.see").applications is None
    assert without("duties.see").shortfall is None
    assert without("duties.see").reports is None
    assert without("reports.see", "reports.submit").reports is None
    blind = without(*(name for name in publisher.permissions if name.startswith("difficulties.")))
    assert (blind.difficulties, blind.solved) == (None, 0)


def test_every_count_on_the_page_leads_to_a_list_of_that_length(case, reports_owed):
    client = signed_in(case.user("commander"))
    page = text(client.get("/situation/"))
    links = [(unescape(url), int(count)) for url, count in COUNT.findall(page) if "solved" not in url]
    assert len(links) > 8
    for url, count in links:
        answer = text(client.get(url))
        said = re.search(r'<p class="table-count">([\d,]+) rows?</p>', answer)
        listed = int(said.group(1).replace(",", "")) if said else 0
        assert listed == count, url


def test_the_page_renews_only_its_own_part(case):
    client = signed_in(case.user("commander"))
    asked = {"HX-Request": "true", "HX-Target": "situation"}
    part = text(client.get("/situation/", headers=asked))
    assert part.lstrip().startswith('<div class="situation')
    assert "<html" not in part
    assert 'hx-trigger="every 60s"' in part


def test_bars_keep_to_the_ground_and_tell_days_in_words():
    days = [DayOfStanding(DAY, resumed, 0) for resumed in (0, 4, 8)]
    drawn = bars_of(days)
    assert [(bar.top, bar.height) for bar in drawn.bars] == [(100, 0), (50, 50), (0, 100)]
    assert [bar.resumed for bar in drawn.told] == [8, 4]
    assert bars_of([DayOfStanding(DAY, 0, 0)]).bars[0].height == 0


def test_the_trend_is_read_through_the_index_of_days(case, publisher):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "explain select count(*) from enterprises_standingevent where authority_id = %s and at >= %s",
            [case.authority_id, NOW],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "standing_event_of_days" in plan
