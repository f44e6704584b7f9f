"""Every list as a file: the rows of the page on all its pages, for whoever may take them, never unsaid."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.accounts.models import Membership, Role, User
from fugong.areas.queries import list_authorities
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.scenarios.reading import read_scenario
from tests.core.web.people import signed_in, text

NOW = datetime(2022, 4, 28, 1, tzinfo=UTC)
ENGLISH = {"Accept-Language": "en"}
ASKED = {"format": "csv", "reason": "上报经信局"}
HEADQUARTERS, PARK, AUDITOR, SECURITY = (
    "reviewer_headquarters",
    "reviewer_park",
    "audit_admin",
    "security_admin",
)
BUSINESS = {
    "/applications/": "show=all&state=approved&sort=-number",
    "/bulletins/": "sort=number",
    "/difficulties/": "state=solved&sort=-raised",
    "/duties/shortfall/": "sort=-subject",
    "/enterprises/": "size_class=above&sort=-name",
    "/enterprises/responsibility/": "size_class=below&sort=-name",
    "/reports/": "day=2022-04-27&sort=-on_post",
    "/reports/?show=missing": "show=missing&day=2022-04-27&sort=-enterprise",
}
EXPORTS = {
    "/applications/": "/applications/export/",
    "/bulletins/": "/bulletins/export/",
    "/difficulties/": "/difficulties/export/",
    "/duties/shortfall/": "/duties/shortfall/export/",
    "/enterprises/": "/enterprises/export/",
    "/enterprises/responsibility/": "/enterprises/responsibility/export/",
    "/reports/": "/reports/export/",
}
OFFICERS = {"/users/": "/users/export/", "/audit/": "/audit/export/"}
SEEN = [
    *((path, question, HEADQUARTERS) for path, question in BUSINESS.items()),
    *((path, question, PARK) for path, question in BUSINESS.items()),
    ("/users/", "state=active&sort=-name", SECURITY),
    ("/users/", "q=park", AUDITOR),
]
HEADING = re.compile(r'<th scope="row" role="rowheader">(.*?)</th>', re.DOTALL)
TELEPHONE = re.compile(r"(?<!\w)1[3-9]\d{9}(?!\w)")


@pytest.fixture
def people(in_datong, settings):
    settings.FUGONG_CLOCK, settings.FUGONG_ADMIN_MFA = NOW, False
    named = {user["role"]: user["username"] for user in reversed(read_scenario("datong").users)}
    with acting_for(list_authorities()[0].id):
        yield {role: User.objects.get(username=username) for role, username in named.items()}


def listed(client: Client, path: str, question: str) -> list[str]:
    """What names each row, over all pages of the list."""
    found: list[str] = []
    for number in range(1, 20):
        page = text(client.get(f"{path}?{question}&size=25&page={number}"))
        rows = [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in HEADING.findall(page)]
        if found and rows[0] == found[25 * (number - 2)]:  # no page lies beyond the last: it comes again
            break
        found += rows
        if len(rows) < 25:
            break
    return found


def form_of(client: Client, path: str, question: str) -> str:
    """Where the page's own export form sends."""
    forms = re.findall(r'action="([^"]*/export/[^"]*)"', text(client.get(f"{path}?{question}")))
    return unescape(forms[0]) if forms else ""


def file_of(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, re.sub(r"<[^>]*>|\s+", " ", text(answer))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert not TELEPHONE.search(content)
    return list(csv.reader(io.StringIO(content)))


def recorded(people: dict[str, User]) -> list[AuditEntry]:
    with acting_for(people[HEADQUARTERS].authority_id):
        return list(AuditEntry.objects.filter(action="exports.make").order_by("recorded_at", "id"))


@pytest.mark.parametrize(("path", "question", "role"), SEEN)
def test_a_file_holds_the_rows_of_the_list_in_its_order_and_is_recorded(people, path, question, role):
    client, path = signed_in(people[role]), path.partition("?")[0]
    names = listed(client, path, question)
    rows = file_of(client.post(form_of(client, path, question), ASKED, headers=ENGLISH))
    assert rows[-1][0].startswith(f"Made for {people[role].name} at 2022-04-28 ")
    assert [row[0] for row in rows[1:] if len(row) > 1] == names
    (entry,) = recorded(people)
    assert (entry.actor_id, entry.note) == (people[role].pk, ASKED["reason"])
    assert entry.changes["rows"] == len(names)


def test_most_lists_of_the_case_have_rows_to_take(people):
    """So that the tests above do not compare nothing with nothing."""
    client = signed_in(people[HEADQUARTERS])
    empty = {
        path for path, question in BUSINESS.items() if not listed(client, path.partition("?")[0], question)
    }
    assert empty <= {"/duties/shortfall/", "/reports/?show=missing"}


@pytest.mark.parametrize(("path", "question"), BUSINESS.items())
def test_a_file_says_what_its_rows_are_narrowed_to(people, path, question):
    client, path = signed_in(people[HEADQUARTERS]), path.partition("?")[0]
    rows = file_of(client.post(form_of(client, path, f"{question}&q=有限"), ASKED, headers=ENGLISH))
    said = rows[-2][0]
    assert path == "/bulletins/" or said.startswith("Narrowed to: ")
    assert path == "/bulletins/" or "Search: 有限" in said
    assert path != "/reports/" or "Day: 2022-04-27" in said
    assert path != "/applications/" or "State: Approved" in said


@pytest.mark.parametrize("path", EXPORTS)
def test_who_may_not_take_lists_out_gets_no_form_and_no_file(people, path):
    client = signed_in(people["inspector"])
    if path != "/difficulties/":
        assert client.get(path).status_code == 200
        assert form_of(client, path, "") == ""
    assert client.post(EXPORTS[path], ASKED).status_code == 403
    assert recorded(people) == []


@pytest.mark.parametrize("path", EXPORTS)
def test_who_may_take_lists_out_takes_none_that_is_not_shown(people, path):
    """A role of one's own making that allows files and no list."""
    of = people[HEADQUARTERS].authority
    user = User.objects.create(authority=of, username="files", name="Files", added_at=NOW)
    role = Role.objects.create(
        authority=of,
        code="files",
        name_zh="files",
        name_en="files",
        permissions=["exports.make"],
        sight="everything",
        changed_at=NOW,
    )
    Membership.objects.create(authority=of, user=user, role=role, starts_at=NOW, recorded_at=NOW)
    assert signed_in(user).post(EXPORTS[path], ASKED).status_code == 403
    assert recorded(people) == []


@pytest.mark.parametrize(("path", "role"), [("/users/", HEADQUARTERS), ("/audit/", SECURITY)])
def test_the_lists_of_the_administrators_are_taken_out_by_them_alone(people, path, role):
    assert signed_in(people[role]).post(OFFICERS[path], ASKED).status_code == 403
    assert recorded(people) == []


@pytest.mark.parametrize(
    ("path", "role", "few"),
    [
        ("/applications/", HEADQUARTERS, "show=all&q=中正"),
        ("/difficulties/", HEADQUARTERS, "state=withdrawn"),
        ("/enterprises/", HEADQUARTERS, "q=中正"),
        ("/enterprises/responsibility/", HEADQUARTERS, "q=中正"),
        ("/reports/", HEADQUARTERS, "day=2022-04-27&q=中正"),
        ("/users/", SECURITY, "q=park1"),
        ("/audit/", AUDITOR, "action=bulletins."),
    ],
)
def test_a_file_costs_the_same_statements_however_many_rows_it_has(people, path, role, few):
    client, every = signed_in(people[role]), "show=all" if path == "/applications/" else ""

    def taken(question: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as statements:
            rows = file_of(client.post(f"{(EXPORTS | OFFICERS)[path]}?{question}", ASKED))
        return len(statements), len(rows)

    taken(every)
    (cheap, short), (dear, long) = taken(few), taken(every)
    assert short < long
    assert cheap <= dear <= cheap + 1  # nothing to prefetch for no rows


def test_the_audit_trail_is_taken_out_as_it_is_shown_without_what_was_done_since(people):
    client, question = signed_in(people[AUDITOR]), "action=bulletins.&since=2022-04-27"
    entries = AuditEntry.objects.filter(action__startswith="bulletins.", at__gte="2022-04-26T16:00Z")
    subjects = list(entries.order_by("-at", "-id").values_list("subject_id", flat=True))
    rows = file_of(client.post(form_of(client, "/audit/", question), ASKED, headers=ENGLISH))
    assert [row[5] for row in rows[1:-2]] == subjects
    assert [row[3] for row in rows[1:-2]][-1] == "Compose a bulletin"
    assert rows[-2] == ["Narrowed to: Act: Bulletins, From: 2022-04-27"]
    own = file_of(client.post(f"{OFFICERS['/audit/']}?action=exports.", ASKED, headers=ENGLISH))
    assert len(own[1:-2]) == 1
    assert '"narrowed"' not in str(own)
    assert "Narrowed to: ?action=bulletins.&since=2022-04-27" in own[1][6]
