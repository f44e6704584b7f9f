"""Who answers for which enterprise, held against the playbook in force."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.accounts import operations as accounts
from fugong.accounts.choices import ENTERPRISE, AssignmentKind, Subject
from fugong.accounts.models import Assignment, User
from fugong.areas.models import Area, Authority
from fugong.core.actor import system_actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.enterprises.choices import Kind, SizeClass
from fugong.enterprises.models import Enterprise
from fugong.enterprises.queries.responsibility import (
    Coverage,
    _samples,
    coverage,
    holders_of,
    rules_on,
)
from fugong.playbooks import operations as playbooks
from fugong.playbooks.queries import shipped
from tests.accounts import making as people
from tests.enterprises import making

LEADERS, TEAMS, INSTRUCTORS = "leaders", "territorial_teams", "instructors"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def north(db: None) -> Authority:
    return people.authority("north", name="北区")


@pytest.fixture
def in_force(north: Authority) -> date:
    """The Datong playbook, from which the rules come; gives the day asked about."""
    with acting_for(north.id):
        system = system_actor(north.id, "set-up")
        playbooks.activate(
            shipped("datong", on=date(2022, 4, 27)), actor=system, now=present(), from_day=date(2022, 4, 1)
        )
    return local_date(present())


@pytest.fixture
def sign_in(north: Authority) -> Callable[..., Client]:
    def signed_in(role: str, **scope: Any) -> Client:
        with acting_for(north.id):
            client = Client()
            client.force_login(people.holder(north, role, **scope))
        return client

    return signed_in


def answers(user: User, kind: str, enterprise: Enterprise, *, since: date = date(2022, 4, 1)) -> Assignment:
    with acting_for(enterprise.authority_id):
        return accounts.assign(
            user,
            kind=AssignmentKind(kind, f"{kind} zh", kind),
            subject=Subject(ENTERPRISE, enterprise.id, enterprise.name),
            starts_on=since,
            actor=system_actor(enterprise.authority_id, "set-up"),
            now=present(),
        )


def entered(area: Area, **changes: Any) -> Enterprise:
    with acting_for(area.authority_id):
        return making.registered(area, **changes)


@dataclass
class Held:
    """Somebody answering, for the rules alone."""

    kind: str
    user: None = None
    user_id: None = None
    kind_name: str = ""


@pytest.mark.parametrize(
    ("size", "kinds", "missing", "several"),
    [
        (SizeClass.ABOVE, [], [LEADERS], []),
        (SizeClass.BELOW, [], [TEAMS], []),
        (SizeClass.ABOVE, [LEADERS], [], []),
        (SizeClass.ABOVE, [TEAMS], [LEADERS], []),
        (SizeClass.BELOW, [TEAMS, INSTRUCTORS], [], []),
        (SizeClass.ABOVE, [LEADERS, LEADERS], [], [LEADERS]),
        (SizeClass.BELOW, [INSTRUCTORS, INSTRUCTORS], [TEAMS], [INSTRUCTORS]),
    ],
)
def test_cover_is_what_the_playbook_asks_for(
    in_force: date, park_a: Area, size: SizeClass, kinds: list[str], missing: list[str], several: list[str]
) -> None:
    """An enterprise without an instructor is no gap: the report does not say which ones the 47 cover."""
    made = entered(park_a, size_class=size)
    with acting_for(made.authority_id):
        cover = rules_on(in_force).cover(made, [Held(kind) for kind in kinds])
    assert [kind.key for kind in cover.missing] == missing
    assert [kind.key for kind in cover.several] == several


def test_cover_without_a_playbook_asks_for_nothing(north: Authority, park_a: Area) -> None:
    made = entered(park_a)
    with acting_for(north.id):
        rules = rules_on(date(2022, 4, 27))
    assert not rules.is_known
    assert rules.cover(made, []).missing == ()
    assert rules.kinds == ()


def test_kinds_that_the_playbook_does_not_speak_of_are_not_asked_of(in_force: date, park_a: Area) -> None:
    shop = entered(park_a, kind=Kind.SHOP)
    with acting_for(shop.authority_id):
        assert rules_on(in_force).asked_of(shop) == ()


def test_rules_judge_alike_enterprises_once(in_force: date, park_a: Area) -> None:
    made = [entered(park_a, normal_staff=number) for number in range(4)]
    with acting_for(park_a.authority_id):
        rules = rules_on(in_force)
        asked = [rules.asked_of(each) for each in made]
    assert asked[0] == asked[3]
    assert len(rules._judged) == 1


def found(seen: Coverage, amiss: Q) -> set[UUID]:
    return set(seen.rows.filter(amiss).values_list("id", flat=True))


def test_coverage_names_gaps_and_several_among_what_is_seen(
    in_force: date, north: Authority, park_a: Area, park_b: Area
) -> None:
    covered, open_, doubled = entered(park_a), entered(park_a), entered(park_a)
    elsewhere = entered(park_b)
    with acting_for(north.id):
        first, second = people.user(north), people.user(north)
        for user, enterprise in ((first, covered), (first, doubled), (second, doubled)):
            answers(user, LEADERS, enterprise)
        answers(second, LEADERS, open_, since=in_force + timedelta(days=1))
        seen = coverage(making.person(north, areas=frozenset({park_a.id})), rules_on(in_force), on=in_force)
        everything = coverage(making.person(north), rules_on(in_force), on=in_force)
        assert found(seen, seen.missing) == {open_.id}
        assert found(seen, seen.several) == {doubled.id}
        assert seen.count() == {"present": 3, "missing": 1, "several": 1}
        assert found(everything, everything.missing) == {open_.id, elsewhere.id}


def test_coverage_asks_the_database_what_the_rules_say_of_each_row(
    in_force: date, north: Authority, park_a: Area, park_b: Area
) -> None:
    """Sizes, parks, kinds and tags mixed; some held once, some twice, some by whom the playbook knows not."""
    with acting_for(north.id):
        users = [people.user(north) for _ in range(2)]
    for number in range(16):
        made = entered(
            (park_a, park_b)[number % 2],
            size_class=(SizeClass.ABOVE, SizeClass.BELOW)[number // 2 % 2],
            kind=(Kind.ENTERPRISE, Kind.SHOP)[number // 12],
            tags=("export_order",) if number % 3 else (),
        )
        for user in users[: number % 3]:
            answers(user, (LEADERS, TEAMS, "strangers")[number // 3 % 3], made)
    with acting_for(north.id):
        rules = rules_on(in_force)
        seen = coverage(making.person(north), rules, on=in_force)
        covers = {row.id: rules.cover(row, holders_of(row)) for row in seen.rows}
        assert found(seen, seen.missing) == {key for key, cover in covers.items() if cover.missing}
        assert found(seen, seen.several) == {key for key, cover in covers.items() if cover.several}
    assert 0 < sum(bool(cover.missing) for cover in covers.values()) < 16
    assert 0 < sum(bool(cover.several) for cover in covers.values()) < 16


def test_coverage_reads_one_enterprise_of_those_that_are_alike(
    in_force: date, north: Authority, park_a: Area
) -> None:
    for number in range(5):
        entered(park_a, normal_staff=100 + number)
    with acting_for(north.id):
        rows = coverage(making.person(north), rules_on(in_force), on=in_force).rows
        assert len(list(_samples(rows, rules_on(in_force)))) == 1


@pytest.mark.parametrize("question", ["", "cover=missing", "cover=several", "cover=missing&cover=several"])
def test_page_without_a_playbook_finds_nothing_amiss(
    north: Authority, park_a: Area, sign_in: Callable[..., Client], question: str
) -> None:
    made = entered(park_a)
    answer = sign_in("reviewer_headquarters").get(f"/enterprises/responsibility/?{question}")
    assert answer.status_code == 200
    assert (str(made.id) in answer.content.decode()) == (question == "")


def test_export_names_who_answers_and_what_is_amiss(
    in_force: date, north: Authority, park_a: Area, sign_in: Callable[..., Client]
) -> None:
    covered, open_ = entered(park_a, name="甲厂"), entered(park_a, name="乙厂")
    with acting_for(north.id):
        leader = people.user(north, name="王区长")
    answers(leader, LEADERS, covered)
    answer = sign_in("reviewer_headquarters").post(
        "/enterprises/responsibility/export/", {"format": "csv", "reason": "x"}, headers=ENGLISH
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = {row[0]: row[3:] for row in csv.reader(io.StringIO(text))}
    assert rows[covered.name] == ["leaders: 王区长", ""]
    assert rows[open_.name][0] == ""
    assert rows[open_.name][1].startswith("Nobody: District leaders")


def test_page_shows_gaps_loads_and_who_answers(
    in_force: date, north: Authority, park_a: Area, sign_in: Callable[..., Client]
) -> None:
    covered, open_ = entered(park_a), entered(park_a)
    with acting_for(north.id):
        leader = people.user(north, name="王区长")
    answers(leader, LEADERS, covered)
    client = sign_in("reviewer_headquarters")
    page = client.get("/enterprises/responsibility/", headers=ENGLISH).content.decode()
    assert "王区长" in page
    assert page.count("Nobody: District leaders") == 1

    def rows(question: str) -> tuple[bool, bool]:
        part = client.get(
            f"/enterprises/responsibility/?{question}",
            headers={"HX-Request": "true", "HX-Target": "table-responsibility"},
        ).content.decode()
        return str(covered.id) in part, str(open_.id) in part

    assert rows("cover=missing") == (False, True)
    assert rows("cover=several") == (False, False)
    assert rows(f"person={leader.id}") == (True, False)
    assert rows("size_class=above") == (True, True)
    assert rows("") == (True, True)


def test_page_costs_the_same_statements_however_many_there_are(
    in_force: date, north: Authority, park_a: Area, sign_in: Callable[..., Client]
) -> None:
    with acting_for(north.id):
        user = people.user(north)
    client = sign_in("reviewer_headquarters")

    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            client.get("/enterprises/responsibility/")
        return len(statements)

    answers(user, LEADERS, entered(park_a))
    client.get("/enterprises/responsibility/")
    few = cost()
    for _ in range(6):
        answers(user, LEADERS, entered(park_a))
    assert cost() == few <= 22


def test_assigning_and_handing_over_stand_on_the_enterprise(
    in_force: date, north: Authority, park_a: Area, sign_in: Callable[..., Client]
) -> None:
    made = entered(park_a)
    where = f"/enterprises/{made.id}/"
    with acting_for(north.id):
        first = people.holder(north, "area_leader")
        second = people.holder(north, "area_leader")
    client = sign_in("reviewer_headquarters")
    assert "Nobody: District leaders" in client.get(where, headers=ENGLISH).content.decode()

    sent = {"kind": LEADERS, "person": str(first.id), "day": "2022-04-01"}
    assert client.post(f"{where}assign/", sent).status_code == 302
    page = client.get(where, headers=ENGLISH).content.decode()
    assert first.name in page
    assert "since 2022-04-01" in page
    assert "Nobody: District leaders" not in page
    assert client.post(f"{where}assign/", sent).status_code == 422

    with acting_for(north.id):
        held = Assignment.objects.get()
    over = f"{where}hand-over/{held.id}/"
    assert client.get(over).status_code == 200
    answer = client.post(over, {"person": str(second.id), "day": in_force.isoformat(), "note": "换届"})
    assert answer.status_code == 302
    with acting_for(north.id):
        rows = {row.user_id: (row.starts_on, row.ends_on) for row in Assignment.objects.all()}
    assert rows == {first.id: (date(2022, 4, 1), in_force), second.id: (in_force, None)}
    assert client.post(over, {"person": "", "day": in_force.isoformat()}).status_code == 422

    with acting_for(north.id):
        last = Assignment.objects.get(user=second)
    ended = {"person": "", "day": (in_force + timedelta(days=1)).isoformat()}
    assert client.post(f"{where}hand-over/{last.id}/", ended).status_code == 302
    with acting_for(north.id):
        assert Assignment.objects.get(user=second).ends_on == in_force + timedelta(days=1)


def test_contacts_of_enterprises_are_not_offered(
    in_force: date, north: Authority, park_a: Area, sign_in: Callable[..., Client]
) -> None:
    made, competitor = entered(park_a), entered(park_a)
    where = f"/enterprises/{made.id}/"
    with acting_for(north.id):
        leader = people.holder(north, "area_leader")
        contact = people.holder(
            north, "enterprise_contact", subject=Subject(ENTERPRISE, competitor.id, competitor.name)
        )
    held = answers(leader, LEADERS, made)
    client = sign_in("reviewer_headquarters")
    for path in (f"{where}assign/", f"{where}hand-over/{held.id}/"):
        page = client.get(path).content.decode()
        assert (str(leader.id) in page, str(contact.id) in page) == (True, False)
        sent = {"kind": INSTRUCTORS, "person": str(contact.id), "day": in_force.isoformat()}
        assert client.post(path, sent).status_code == 422


def test_assigning_is_for_who_looks_after_the_area(
    in_force: date, park_a: Area, park_b: Area, sign_in: Callable[..., Client]
) -> None:
    made = entered(park_a)
    paths = (f"/enterprises/{made.id}/assign/", f"/enterprises/{made.id}/hand-over/{new_id()}/")
    for client, expected in (
        (sign_in("reviewer_park", area=park_a), [200, 404]),
        (sign_in("reviewer_park", area=park_b), [404, 404]),
        (sign_in("reviewer_department"), [403, 403]),
        (sign_in("inspector"), [403, 403]),
    ):
        assert [client.get(path).status_code for path in paths] == expected
    contact = sign_in("enterprise_contact", subject=Subject(ENTERPRISE, made.id, made.name))
    page = contact.get(f"/enterprises/{made.id}/").content.decode()
    assert paths[0] not in page


def test_instructor_sees_those_in_care_and_no_others(in_force: date, north: Authority, park_a: Area) -> None:
    cared, other = entered(park_a), entered(park_a)
    with acting_for(north.id):
        instructor = people.holder(north, "instructor")
    answers(instructor, INSTRUCTORS, cared)
    client = Client()
    client.force_login(instructor)
    page = client.get("/enterprises/").content.decode()
    assert (cared.credit_code in page, other.credit_code in page) == (True, False)
    assert client.get(f"/enterprises/{cared.id}/").status_code == 200
    assert client.get(f"/enterprises/{other.id}/").status_code == 404
