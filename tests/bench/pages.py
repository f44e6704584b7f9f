"""Pages at 106 and at 10,600 enterprises: time and statements, as the people who open them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.accounts.queries import find_user
from fugong.areas import queries as areas
from fugong.core.actor import system_actor
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from fugong.scenarios.reading import read_scenario
from tests import datong, server
from tests.bench.growing import grow
from tests.bench.measuring import Report, median_ms

FACTOR = 100
GROWTH_AIM = 1.5
HELD_TO_IT = ("situation", "queue", "enterprise")
"""`queue` shows fifty applications of one kind at both sizes; `own_queue` shows what waits: one, or fifty."""


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    user: str
    path: str


PAGES = (
    Page("situation", "commander", "/situation/"),
    Page("queue", "dept", "/applications/?show=all&state=approved"),
    Page("own_queue", "dept", "/applications/"),
    Page("enterprises", "commander", "/enterprises/"),
    Page("enterprise", "commander", "/enterprises/{enterprise}/"),
    Page("search_name", "commander", "/enterprises/?q=%E5%AF%8C%E5%8D%8E"),
    Page("search_pinyin", "commander", "/enterprises/?q=fuhua"),
    Page("responsibility", "commander", "/enterprises/responsibility/"),
    Page("home", "park1", "/"),
    Page("reports", "commander", "/reports/"),
    Page("difficulties", "headquarters", "/difficulties/"),
    Page("bulletins", "commander", "/bulletins/"),
)


def measure(report: Report, template: str) -> None:
    case = datong.played(template)
    settings.FUGONG_CLOCK = read_scenario("datong").ends_at
    before = _measured(case, "fugong_bench_small", factor=1)
    after = _measured(case, "fugong_bench_large", factor=FACTOR)
    for page in PAGES:
        small, large = before[page.name], after[page.name]
        report.add(
            f"page.{page.name}",
            path=page.path,
            ms_at_106=small["ms"],
            ms_at_10600=large["ms"],
            growth=round(large["ms"] / small["ms"], 2),
            growth_aim=GROWTH_AIM if page.name in HELD_TO_IT else None,
            statements_at_106=small["statements"],
            statements_at_10600=large["statements"],
            rows_at_106=small["rows"],
            rows_at_10600=large["rows"],
        )


def _measured(case: datong.Datong, name: str, *, factor: int) -> Mapping[str, Mapping[str, float]]:
    server.copy_of(case.template, name)
    try:
        with datong.inside(name, case.home):
            authority = areas.list_authorities()[0]
            if factor > 1:
                grow(authority.id, factor=factor)
            with acting_for(authority.id):
                first = Enterprise.objects.order_by("recorded_at", "id").values_list("id", flat=True)[0]
                found = system_actor(authority.id, "bench")
                users = {page.user: find_user(page.user, actor=found) for page in PAGES}
            return {page.name: _page(page, users[page.user], first) for page in PAGES}
    finally:
        server.drop(name)


def _page(page: Page, user: object, enterprise: object) -> Mapping[str, float]:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    path = page.path.format(enterprise=enterprise)

    def ask() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    statements = len(captured)  # before the next request, which clears them
    return {"ms": median_ms(ask), "statements": statements, "rows": _rows(client, path)}


def _rows(client: Client, path: str) -> int:
    """Rows of tables on the page: what differs between two sizes is often only how many there are to show."""
    return client.get(path).content.count(b"<tr")
