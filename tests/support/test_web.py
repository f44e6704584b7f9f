"""The difficulties' pages: who may open them, what they do, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fugong.accounts.models import User
from fugong.core.tenancy import acting_for
from fugong.support import operations
from fugong.support.choices import State
from fugong.support.models import Difficulty
from fugong.support.operations import Assignee
from fugong.support.web import acting, views
from tests.core.web.people import without_token
from tests.support.making import BUREAU, HOUR, NOW, Place, brought_to, place, raised
from tests.support.test_permissions import MATRIX

LATER = NOW + 3 * HOUR
SignIn = Callable[..., Client]
STEPS = ("assign", "answer", "solve", "send_back", "withdraw")


@pytest.fixture(autouse=True)
def _later(monkeypatch, settings):
    settings.FUGONG_ADMIN_MFA = False
    for where in (views, acting):
        monkeypatch.setattr(where, "present", lambda: LATER)
    monkeypatch.setattr("fugong.accounts.web.middleware.now", lambda: LATER)
    monkeypatch.setattr("fugong.enterprises.web.views.present", lambda: LATER)
    monkeypatch.setattr("fugong.duties.web.views.present", lambda: LATER)


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def contact(here: Place, sign_in: SignIn) -> Client:
    return sign_in(here.holder("enterprise_contact"))


def path(name: str, difficulty: Difficulty | None = None) -> str:
    return reverse(f"support:{name}", args=[difficulty.id] if difficulty else [])


def kept(difficulty: Difficulty) -> Difficulty:
    """As it stands after the request, which leaves the connection without a tenant."""
    with acting_for(difficulty.authority_id):
        return Difficulty.objects.get(id=difficulty.id)


def form(**fields: Any) -> dict[str, Any]:
    return {"category": "logistics", "title": "Lorries are held", "text": "Since Monday."} | fields


# Raising


def test_raise_when_sent_then_raised_and_shown(here, contact):
    asked = contact.get(path("raise")).content.decode()
    assert 'type="hidden" name="enterprise"' in asked
    answer = contact.post(path("raise"), form(enterprise=str(here.enterprise.id)))
    assert answer.status_code == 302
    shown = contact.get(answer.headers["Location"]).content.decode()
    assert "Lorries are held" in shown
    assert "Logistics and transport" in shown


def test_raise_when_incomplete_then_what_was_typed_stays_and_nothing_is_kept(here, contact):
    answer = contact.post(path("raise"), form(enterprise=str(here.enterprise.id), category=""))
    assert answer.status_code == 422
    assert "Since Monday." in answer.content.decode()
    with acting_for(here.authority.id):
        assert not Difficulty.objects.exists()


def test_raise_when_for_a_strange_enterprise_then_refused(contact, here):
    with acting_for((south := place("south")).authority.id):
        strange = str(south.enterprise.id)
    assert contact.post(path("raise"), form(enterprise=strange)).status_code == 422


def test_raise_when_the_same_form_is_sent_twice_then_raised_once(here, contact):
    sent = form(enterprise=str(here.enterprise.id), _once="0193d3f0-0000-7000-8000-000000000001")
    first, second = contact.post(path("raise"), sent), contact.post(path("raise"), sent)
    assert first.headers["Location"] == second.headers["Location"]
    with acting_for(here.authority.id):
        assert Difficulty.objects.count() == 1


# The whole way, through the pages


def test_pages_when_walked_from_raised_to_solved_then_each_step_leads_to_the_next(here, sign_in, contact):
    headquarters = sign_in(here.holder("reviewer_headquarters"))
    bureau = sign_in(here.holder("reviewer_department"))
    contact.post(path("raise"), form(enterprise=str(here.enterprise.id)))
    with acting_for(here.authority.id):
        difficulty = Difficulty.objects.get()
    assert path("assign", difficulty) in headquarters.get(path("detail", difficulty)).content.decode()
    assert headquarters.post(path("assign", difficulty), {"body": BUREAU}).status_code == 302
    assert bureau.post(path("answer", difficulty), {"text": "A pass is issued."}).status_code == 302
    assert "A pass is issued." in contact.get(path("detail", difficulty)).content.decode()
    assert contact.post(path("send_back", difficulty), {"note": "The wrong lorry."}).status_code == 302
    assert bureau.post(path("answer", difficulty), {"text": "Another pass."}).status_code == 302
    assert contact.post(path("solve", difficulty), {"note": ""}).status_code == 302
    assert kept(difficulty).state == State.SOLVED
    timeline = contact.get(path("detail", difficulty)).context["steps"]
    assert len(timeline) == 6
    assert "Solved" in str(timeline[-1].title)


def test_assign_when_to_nobody_then_the_field_says_so_and_what_was_typed_stays(here, sign_in):
    difficulty = raised(here)
    headquarters = sign_in(here.holder("reviewer_headquarters"))
    answer = headquarters.post(path("assign", difficulty), {"note": "Quickly, please."})
    assert answer.status_code == 422
    assert "Quickly, please." in answer.content.decode()
    assert "Choose one, or a person." in answer.content.decode()


def test_assign_when_asked_then_the_lead_of_the_playbook_is_proposed(here, sign_in):
    difficulty = raised(here)
    headquarters = sign_in(here.holder("reviewer_headquarters"))
    assert headquarters.get(path("assign", difficulty)).context["form"].initial["body"] == BUREAU


def test_answer_when_it_was_answered_meanwhile_then_told_so_and_nothing_changes(here, sign_in):
    difficulty = brought_to(State.ASSIGNED, here)
    first, second = (sign_in(here.holder("reviewer_department")) for _number in range(2))
    assert first.post(path("answer", difficulty), {"text": "Done."}).status_code == 302
    late = second.post(path("answer", difficulty), {"text": "Done too."})
    assert late.status_code == 422
    assert "Done too." in late.content.decode()
    assert "not possible any more" in late.content.decode()


def test_withdraw_when_sent_with_nothing_typed_then_withdrawn(here, contact):
    difficulty = raised(here)
    assert contact.post(path("withdraw", difficulty), {}).status_code == 302
    assert kept(difficulty).state == State.WITHDRAWN


# Who may open what

PAGES = {"list": "see", "detail": "see", "raise": "raise", "assign": "assign", "answer": "answer"} | {
    "solve": "close",
    "send_back": "close",
    "withdraw": "withdraw",
}


@pytest.mark.parametrize(("role", "allowed"), MATRIX.items(), ids=MATRIX)
def test_pages_when_asked_by_a_role_then_as_the_matrix_says(here, sign_in, role, allowed):
    difficulty = brought_to(State.ASSIGNED, here)
    client = sign_in(here.holder(role))
    codes = {
        name: client.get(path(name, None if name in {"list", "raise"} else difficulty)).status_code
        for name in PAGES
    }
    open_to = {name for name, needed in PAGES.items() if needed in allowed.split()}
    assert {name for name, code in codes.items() if code == 200} == open_to
    assert {code for name, code in codes.items() if name not in open_to} <= {403}


def test_pages_when_of_another_authority_or_enterprise_then_not_found(here, sign_in):
    difficulty = raised(here)
    with acting_for((south := place("south")).authority.id):
        stranger = sign_in(south.holder("reviewer_headquarters"))
        other_contact = sign_in(south.holder("enterprise_contact"))
    for client in (stranger, other_contact):
        assert client.get(path("detail", difficulty)).status_code == 404
        assert difficulty.title not in client.get(path("list")).content.decode()
    assert stranger.post(path("assign", difficulty), {"body": BUREAU}).status_code == 404


def test_pages_when_nobody_is_signed_in_then_to_the_door(here):
    difficulty = raised(here)
    for name in ("list", "raise"):
        assert Client().get(path(name)).status_code == 302
    for name in ("detail", *STEPS):
        assert Client().get(path(name, difficulty)).status_code == 302


# Lists


def test_list_when_filtered_and_searched_then_only_those(here, sign_in):
    raised(here)
    brought_to(State.SOLVED, here)
    headquarters = sign_in(here.holder("reviewer_headquarters"))
    table = headquarters.get(path("list")).context["table"]
    assert table.counted == 2
    for question in ("state=solved", "clock=running", "category=logistics&state=raised"):
        assert headquarters.get(f"{path('list')}?{question}").context["table"].counted == 1
    assert headquarters.get(f"{path('list')}?q=lorries").context["table"].counted == 2
    assert headquarters.get(f"{path('list')}?q=nothing").context["table"].counted == 0


def test_list_when_asked_by_htmx_then_the_part_equals_the_page(here, sign_in):
    raised(here)
    headquarters = sign_in(here.holder("reviewer_headquarters"))
    page = headquarters.get(path("list"))
    part = headquarters.get(path("list"), headers={"HX-Request": "true", "HX-Target": "table-difficulties"})
    assert without_token(part).strip() in without_token(page)


@pytest.mark.parametrize("name", ["list", "detail"])
def test_page_when_there_is_ten_times_as_much_then_as_many_statements(
    here, sign_in, name, django_assert_max_num_queries
):
    bo = here.person("enterprise_contact")
    difficulty = raised(here, by=bo)
    client = sign_in(here.holder("reviewer_headquarters"))
    client.get(path("list"))
    counts = []
    for number in (1, 12):
        with acting_for(here.authority.id):
            for _one in range(number):
                raised(here, by=bo)
            hq = here.person("reviewer_headquarters")
            for _one in range(number):
                operations.assign(difficulty.id, Assignee(body=BUREAU), actor=hq, now=NOW)
        with django_assert_max_num_queries(40) as asked:
            client.get(path(name, difficulty if name == "detail" else None))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


# On other pages


def test_home_when_a_contact_opens_it_then_its_difficulties_and_the_way_to_raise_one(here, contact):
    raised(here)
    home = contact.get("/").content.decode()
    assert "Lorries are held at the crossing" in home
    assert path("raise") in home


def test_enterprise_page_when_opened_then_its_difficulties_and_its_timeline(here, contact):
    difficulty = brought_to(State.SOLVED, here)
    page = contact.get(f"/enterprises/{here.enterprise.id}/")
    assert page.status_code == 200
    assert path("detail", difficulty) in page.content.decode()
    assert f"{path('raise')}?enterprise={here.enterprise.id}" in page.content.decode()
    titles = [str(step.title) for step in page.context["steps"]]
    assert "Raised" in titles
    assert any("Solved" in title for title in titles)


def test_enterprise_page_when_the_role_has_no_part_in_difficulties_then_no_section(here, sign_in):
    raised(here)
    page = sign_in(here.holder("inspector")).get(f"/enterprises/{here.enterprise.id}/")
    assert page.status_code == 200
    assert path("raise") not in page.content.decode()
    assert "Lorries" not in page.content.decode()
