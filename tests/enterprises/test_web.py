"""The register's pages: who may open them, what they show, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.accounts.choices import Subject
from fugong.areas.models import Area, Authority
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations, queries
from fugong.enterprises.choices import SizeClass, StandingState
from fugong.enterprises.models import Enterprise
from tests.accounts import making as people
from tests.enterprises import making
from tests.enterprises.making import NOW

SignIn = Callable[..., Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def north(db: None) -> Authority:
    return people.authority("north", name="北区")


@pytest.fixture
def sign_in(north: Authority) -> SignIn:
    def signed_in(role: str, **scope: Any) -> Client:
        with acting_for(north.id):
            client = Client()
            client.force_login(people.holder(north, role, **scope))
        return client

    return signed_in


@pytest.fixture
def reviewer(sign_in: SignIn) -> Client:
    return sign_in("reviewer_department")


def entered(area: Area, **changes: Any) -> Enterprise:
    with acting_for(area.authority_id):
        return making.registered(area, **changes)


def typed(area: Area, **changes: Any) -> dict[str, Any]:
    said = making.data(area.id)
    fields = {
        "name": said.name,
        "credit_code": said.credit_code,
        "kind": "enterprise",
        "size_class": "above",
        "industry": "C",
        "area_id": str(area.id),
        "normal_staff": "120",
        "entered_on": "2020-01-01",
        "tags": ["export_order"],
        "contact_name": "李勇",
        "contact_phone": "13800138000",
    }
    return fields | changes


def test_list_shows_those_in_the_park(reviewer: Client, park_a: Area) -> None:
    made = entered(park_a, name="淮南市富华服饰有限公司")
    page = reviewer.get("/enterprises/").content.decode()
    assert made.name in page
    assert f"/enterprises/{made.id}/" in page
    assert made.credit_code in page


def test_list_finds_filters_and_sorts(reviewer: Client, park_a: Area, park_b: Area) -> None:
    first = entered(park_a, name="富华服饰", size_class=SizeClass.BELOW)
    second = entered(park_b, name="步瑞吉制衣", tags=("export_order",))

    def shown(question: str) -> list[bool]:
        page = reviewer.get(f"/enterprises/?{question}").content.decode()
        return [made.credit_code in page for made in (first, second)]

    assert shown("q=富华") == [True, False]
    assert shown("q=bu rui") == [False, True]
    assert shown("park=park-b") == [False, True]
    assert shown("size_class=below") == [True, False]
    assert shown("tag=export_order") == [False, True]
    assert shown("standing=resumed") == [False, False]
    assert shown("industry=C&kind=enterprise") == [True, True]
    assert shown("presence=left") == [False, False]
    page = reviewer.get("/enterprises/?sort=-name").content.decode()
    assert page.index(first.credit_code) < page.index(second.credit_code)


def test_list_asked_by_htmx_gives_the_part_of_the_page(reviewer: Client, park_a: Area) -> None:
    made = entered(park_a)
    whole = reviewer.get("/enterprises/").content.decode()
    part = reviewer.get("/enterprises/", headers={**HTMX, "HX-Target": "table-enterprises"}).content.decode()
    assert made.credit_code in part
    assert "<html" not in part
    assert part.split("<tbody>")[1].split("</tbody>")[0] in whole


@pytest.mark.parametrize(("path", "number"), [("/enterprises/", 16), ("detail", 30)])
def test_page_costs_the_same_however_many_there_are(
    reviewer: Client, park_a: Area, path: str, number: int
) -> None:
    first = entered(park_a)
    address = f"/enterprises/{first.id}/" if path == "detail" else path
    reviewer.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        reviewer.get(address)
    for _ in range(8):
        entered(park_a)
    with CaptureQueriesContext(connection) as many:
        reviewer.get(address)
    assert len(few) == len(many)
    assert len(many) <= number, [query["sql"] for query in many]


def test_detail_shows_what_the_register_says_and_its_history(reviewer: Client, park_a: Area) -> None:
    made = entered(park_a, contact_name="李勇", contact_phone="13800138000", address="大通区1号")
    later = NOW + timedelta(hours=1)
    actor = making.person(park_a.authority)
    with acting_for(made.authority_id), operation("tests.decide", actor=actor, now=later) as op:
        operations.record_standing(
            made.id, state=StandingState.RESUMED, at=later, decision_id=new_id(), op=op
        )
    page = reviewer.get(f"/enterprises/{made.id}/", headers={"Accept-Language": "en"}).content.decode()
    for text in (made.name, made.credit_code, "大通区1号", "13800138000"):
        assert text in page
    assert page.index("Standing: Resumed") < page.index("Entered on the register")


def test_detail_of_what_may_not_be_seen_is_not_found(sign_in: SignIn, park_a: Area, park_b: Area) -> None:
    made, other = entered(park_a), entered(park_b)
    of_park = sign_in("reviewer_park", area=park_a)
    contact = sign_in("enterprise_contact", subject=Subject("enterprise", made.id, made.name))
    for client in (of_park, contact):
        assert client.get(f"/enterprises/{made.id}/").status_code == 200
        assert client.get(f"/enterprises/{other.id}/").status_code == 404
        assert other.credit_code not in client.get("/enterprises/").content.decode()
    assert reviewer_sees_both(sign_in, made, other)


def reviewer_sees_both(sign_in: SignIn, *made: Enterprise) -> bool:
    page = sign_in("commander").get("/enterprises/").content.decode()
    return all(each.credit_code in page for each in made)


PAGES = (
    "/enterprises/",
    "/enterprises/new/",
    "/enterprises/{id}/",
    "/enterprises/{id}/edit/",
    "/enterprises/{id}/leave/",
)
ALLOWED = {
    "enterprise_contact": (200, 403, 200, 403, 403),
    "instructor": (200, 403, 404, 403, 403),
    "reviewer_park": (200, 200, 200, 200, 200),
    "reviewer_department": (200, 200, 200, 200, 200),
    "reviewer_headquarters": (200, 403, 200, 403, 403),
    "commander": (200, 403, 200, 403, 403),
    "inspector": (200, 403, 200, 403, 403),
}


@pytest.mark.parametrize("role", ALLOWED)
def test_pages_open_for_the_roles_that_need_them(sign_in: SignIn, park_a: Area, role: str) -> None:
    made = entered(park_a)
    scope: dict[str, dict[str, Any]] = {
        "reviewer_park": {"area": park_a},
        "enterprise_contact": {"subject": Subject("enterprise", made.id, made.name)},
    }
    client = sign_in(role, **scope.get(role, {}))
    given = tuple(client.get(path.format(id=made.id)).status_code for path in PAGES)
    assert given == ALLOWED[role]


@pytest.mark.parametrize("path", PAGES)
def test_pages_when_nobody_is_signed_in_lead_to_the_door(north: Authority, path: str) -> None:
    answer = Client().get(path.format(id=UUID(int=0)))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_register_when_right_leads_to_the_enterprise(
    reviewer: Client, north: Authority, park_a: Area
) -> None:
    code = making.credit_code(7770)
    answer = reviewer.post("/enterprises/new/", typed(park_a, credit_code=f"{code[:8]} {code[8:]}".lower()))
    with acting_for(north.id):
        made = Enterprise.objects.get()
        assert made.credit_code == code
        assert made.contact_phone == "13800138000"
        assert made.tags == ["export_order"]
    assert answer.headers["Location"] == f"/enterprises/{made.id}/"


def test_register_when_wrong_keeps_what_was_typed(reviewer: Client, north: Authority, park_a: Area) -> None:
    sent = typed(park_a, name="富华服饰", credit_code="91110000600037341M")
    answer = reviewer.post("/enterprises/new/", sent, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="富华服饰"' in page
    assert 'value="91110000600037341M"' in page
    assert "“M” does not fit the other 17" in page
    with acting_for(north.id):
        assert not Enterprise.objects.exists()


def test_register_when_the_code_is_taken_leads_to_who_has_it(reviewer: Client, park_a: Area) -> None:
    made = entered(park_a)
    answer = reviewer.post("/enterprises/new/", typed(park_a, credit_code=made.credit_code))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert made.name in page
    assert f'href="/enterprises/{made.id}/"' in page


def test_register_when_the_taken_code_is_elsewhere_gives_no_link(
    sign_in: SignIn, park_a: Area, park_b: Area
) -> None:
    made = entered(park_b)
    client = sign_in("reviewer_park", area=park_a)
    page = client.post("/enterprises/new/", typed(park_a, credit_code=made.credit_code)).content.decode()
    assert f"/enterprises/{made.id}/" not in page
    answer = client.post("/enterprises/new/", typed(park_b))
    assert answer.status_code == 422


def test_register_when_sent_twice_enters_once(reviewer: Client, north: Authority, park_a: Area) -> None:
    sent = typed(park_a, _once=str(new_id()))
    answers = [reviewer.post("/enterprises/new/", sent) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    with acting_for(north.id):
        assert Enterprise.objects.count() == 1


def test_edit_when_changed_shows_the_change(reviewer: Client, park_a: Area, north: Authority) -> None:
    made = entered(park_a, contact_phone="13800138000")
    page = reviewer.get(f"/enterprises/{made.id}/edit/").content.decode()
    assert f'value="{made.name}"' in page
    assert 'value="13800138000"' in page
    sent = typed(park_a, name="新名字有限公司", credit_code=made.credit_code, since="2022-04-01")
    answer = reviewer.post(f"/enterprises/{made.id}/edit/", sent)
    assert answer.status_code == 302
    with acting_for(north.id):
        assert Enterprise.objects.get().name == "新名字有限公司"
        assert queries.find_same_name(making.person(north), "新名字 有限公司") == made


def test_edit_of_another_park_is_refused(
    sign_in: SignIn, park_a: Area, park_b: Area, north: Authority
) -> None:
    made = entered(park_a)
    client = sign_in("reviewer_park", area=park_a)
    answer = client.post(f"/enterprises/{made.id}/edit/", typed(park_b, since="2022-04-01"))
    assert answer.status_code == 422
    with acting_for(north.id):
        assert Enterprise.objects.get().area_id == park_a.id


def test_leave_and_come_back(reviewer: Client, park_a: Area, north: Authority) -> None:
    made = entered(park_a)
    answer = reviewer.post(f"/enterprises/{made.id}/leave/", {"day": "2022-04-20", "note": "搬迁"})
    assert answer.status_code == 302
    assert made.credit_code not in reviewer.get("/enterprises/").content.decode()
    assert made.credit_code in reviewer.get("/enterprises/?presence=left").content.decode()
    assert reviewer.post(f"/enterprises/{made.id}/leave/", {"day": "2022-04-19"}).status_code == 422
    assert reviewer.post(f"/enterprises/{made.id}/leave/", {"day": "2022-04-21"}).status_code == 302
    assert made.credit_code in reviewer.get("/enterprises/").content.decode()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("9134", ""),
        ("91110000600037341L", "well formed"),
        ("91110000600037341M", "does not fit"),
        ("taken", "on the register with this credit code"),
    ],
)
def test_check_while_typing_says_what_is_wrong(reviewer: Client, park_a: Area, code: str, said: str) -> None:
    made = entered(park_a)
    asked = {"credit_code": made.credit_code if code == "taken" else code}
    page = reviewer.get("/enterprises/check/", asked, headers={"Accept-Language": "en"}).content.decode()
    assert said in page
    assert bool(page.strip()) is bool(said)
    assert (f"/enterprises/{made.id}/" in page) is (code == "taken")


def test_check_while_typing_knows_the_name_and_leaves_itself_out(reviewer: Client, park_a: Area) -> None:
    made = entered(park_a, name="樂森黑馬")
    assert str(made.id) in reviewer.get("/enterprises/check/", {"name": "乐森 黑马"}).content.decode()
    own = {"name": made.name, "credit_code": made.credit_code}
    where = f"/enterprises/{made.id}/check/"
    assert f'hx-get="{where}"' in reviewer.get(f"/enterprises/{made.id}/edit/").content.decode()
    assert str(made.id) not in reviewer.get(where, own).content.decode()
    other = entered(park_a)
    page = reviewer.get(f"/enterprises/{other.id}/check/", own).content.decode()
    assert str(made.id) in page


def test_check_while_typing_is_for_who_writes_in_the_register(
    park_a: Area, park_b: Area, sign_in: Callable[..., Client]
) -> None:
    """It names enterprises that the asker may not see."""
    made = entered(park_a)
    paths = ("/enterprises/check/", f"/enterprises/{made.id}/check/")
    asked = {"credit_code": entered(park_a, name="竞争对手").credit_code}
    for client, expected in (
        (sign_in("reviewer_park", area=park_a), [200, 200]),
        (sign_in("reviewer_park", area=park_b), [200, 404]),
        (sign_in("inspector"), [403, 403]),
        (sign_in("enterprise_contact", subject=Subject("enterprise", made.id, made.name)), [403, 403]),
    ):
        answers = [client.get(path, asked) for path in paths]
        assert [answer.status_code for answer in answers] == expected
        assert ["竞争对手" in answer.content.decode() for answer in answers] == [
            status == 200 for status in expected
        ]


def test_export_needs_a_reason_and_is_recorded(reviewer: Client, north: Authority, park_a: Area) -> None:
    made = entered(park_a, contact_phone="13800138000")
    assert reviewer.post("/enterprises/export/", {"format": "csv"}).status_code == 422
    answer = reviewer.post("/enterprises/export/?size_class=above", {"format": "csv", "reason": "上报经信局"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert made.credit_code in text
    assert "上报经信局" in text.splitlines()[-1]
    assert "13800138000" not in text
    with acting_for(north.id):
        row = AuditEntry.objects.get(action="exports.make")
    assert row.note == "上报经信局"
    assert (row.changes["rows"], row.changes["narrowed"]) == (1, "?size_class=above")


def test_export_without_the_permission_is_closed(sign_in: SignIn, park_a: Area) -> None:
    client = sign_in("inspector")
    assert client.post("/enterprises/export/", {"format": "csv", "reason": "x"}).status_code == 403
    assert "/enterprises/export/" not in client.get("/enterprises/").content.decode()
