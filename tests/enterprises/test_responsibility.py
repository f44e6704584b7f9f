"""Who answers for which enterprise, held against the playbook in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
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
from fugong.enterprises.queries.responsibility import coverage, rules_on
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
    assert seen.missing == {open_.id}
    assert seen.several == {doubled.id}
    assert len(seen.covers) == 3
    assert everything.missing == {open_.id, elsewhere.id}


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
