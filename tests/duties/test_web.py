"""The home page, the shortfall list, excusing and handing over, in the browser's terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fugong.accounts.models import User
from fugong.core import clock
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Call, Excuse, Outcome, owed_by_user
from fugong.duties.models import Duty
from fugong.duties.operations import escalate_due
from fugong.duties.web import panels, views
from tests.accounts import making as people
from tests.core.web.people import without_token
from tests.duties.making import NOON, REVIEW, owe, subject

DAY = timedelta(days=1)
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    # Loads every view first: one that is loaded while the time is noon would keep it for all other tests.
    reverse("duties:home")
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(views, "present", lambda: NOON)
    monkeypatch.setattr("fugong.accounts.web.middleware.now", lambda: NOON)


@pytest.fixture
def north(db):
    made = people.authority()
    with acting_for(made.id):
        yield made


@pytest.fixture
def signed_in(north):
    """A browser in which a holder of the role is signed in, and who that is."""

    def sign_in(role: str, **scope: Any) -> tuple[Client, User]:
        user = people.holder(north, role, **scope)
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client, user

    return sign_in


def text_of(response) -> str:
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.S))


def kept(duty: Duty) -> Duty:
    """As it stands after the request, which leaves the connection without a tenant."""
    with acting_for(duty.authority_id):
        return Duty.objects.get(id=duty.id)


# Home


def test_home_when_nothing_is_due_then_it_says_so_and_is_no_menu(signed_in):
    client, _user = signed_in("reviewer_department")
    response = client.get("/")
    assert response.status_code == 200
    assert "Nothing is due" in text_of(response)


def test_home_when_much_is_due_then_in_groups_nearest_first_each_with_its_clock_and_link(signed_in):
    client, user = signed_in("reviewer_department")
    actor, own = people.acting(user), owed_by_user(user.id)
    owe(actor, owner=own, subject=subject(1), due_at=NOON + 3 * DAY)
    owe(actor, owner=own, subject=subject(2), due_at=NOON - DAY, opened_at=NOON - 2 * DAY, kind=REVIEW)
    owe(actor, owner=own, subject=subject(3), due_at=NOON + timedelta(hours=2))
    response = client.get("/")
    text = text_of(response)
    places = [text.index(name) for name in ("Enterprise 2", "Enterprise 3", "Enterprise 1")]
    assert places == sorted(places)
    assert [text.index(word) for word in ("Overdue", "Due today", "Later")]
    assert "overdue by" in text
    assert "2 hours left" in text
    assert 'href="/enterprises/2/"' in response.content.decode()


def test_home_when_more_than_shown_then_the_counts_are_of_all_and_the_rest_is_told(signed_in, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 2)
    client, user = signed_in("reviewer_department")
    for number in range(1, 6):
        owe(people.acting(user), owner=owed_by_user(user.id), subject=subject(number))
    text = text_of(client.get("/"))
    assert "3 more with later deadlines" in text
    assert "Due today 5" in text


def test_home_when_there_is_ten_times_as_much_then_as_many_statements(
    signed_in, django_assert_max_num_queries
):
    client, user = signed_in("reviewer_department")
    actor = people.acting(user)
    client.get("/")
    counts = []
    for first, last in ((1, 3), (3, 40)):
        for number in range(first, last):
            owe(actor, owner=owed_by_user(user.id), subject=subject(number))
        with django_assert_max_num_queries(40) as asked:
            assert client.get("/").status_code == 200
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_home_when_a_context_brings_a_panel_then_it_stands_beside_for_whom_it_concerns(
    signed_in, monkeypatch
):
    client, user = signed_in("reviewer_department")
    monkeypatch.setattr(panels, "_providers", {})

    def provider(actor, now):
        if actor.user_id != user.id:
            return None
        return "parts/empty.html", {}

    panels.register_panel("tests", provider)
    assert [panel.template for panel in client.get("/").context["panels"]] == ["parts/empty.html"]
    other, _user = signed_in("reviewer_department")
    assert other.get("/").context["panels"] == []
    panels.register_panel("tests", provider)
    with pytest.raises(ValueError, match="registered twice"):
        panels.register_panel("tests", lambda actor, now: None)


def test_home_when_nobody_is_signed_in_then_to_the_door(db):
    assert Client().get("/").status_code == 302


# Shortfall


def test_shortfall_when_others_are_about_to_miss_something_then_they_stand_there(
    signed_in, django_assert_num_queries
):
    client, user = signed_in("reviewer_headquarters")
    owe(people.acting(user))
    owe(people.acting(user), subject=subject(2), due_at=NOON + 5 * DAY)
    response = client.get(reverse("duties:shortfall"))
    assert response.status_code == 200
    assert "Enterprise 1" in text_of(response)
    assert "Enterprise 2" not in text_of(response)
    assert "The enterprise" in text_of(response)


def test_shortfall_when_filtered_by_htmx_then_only_the_table_and_the_same_rows(signed_in):
    client, user = signed_in("reviewer_headquarters")
    actor = people.acting(user)
    owe(actor)
    owe(actor, subject=subject(2), due_at=NOON - DAY, opened_at=NOON - 2 * DAY)
    path = reverse("duties:shortfall") + "?clock=missed"
    part = client.get(path, headers={"HX-Request": "true", "HX-Target": "table-shortfall"})
    page = client.get(path)
    for answer in (part, page):
        assert "Enterprise 2" in answer.content.decode()
        assert "Enterprise 1<" not in answer.content.decode()
    assert "<main" not in part.content.decode()
    assert without_token(part).strip() in without_token(page)


def test_shortfall_when_there_is_ten_times_as_much_then_as_many_statements(
    signed_in, django_assert_max_num_queries
):
    client, user = signed_in("reviewer_headquarters")
    client.get(reverse("duties:shortfall"))
    counts = []
    for first, last in ((1, 3), (3, 30)):
        for number in range(first, last):
            owe(people.acting(user), subject=subject(number))
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("duties:shortfall"))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


ALLOWED = {
    "reviewer_park": "shortfall excuse hand_over",
    "reviewer_department": "shortfall",
    "reviewer_headquarters": "shortfall excuse hand_over",
    "area_leader": "shortfall",
    "commander": "shortfall",
    "inspector": "shortfall",
    "instructor": "",
    "system_admin": "",
    "audit_admin": "",
}


@pytest.mark.parametrize(("role", "allowed"), ALLOWED.items(), ids=ALLOWED)
def test_pages_when_asked_by_a_role_then_as_the_matrix_says(north, signed_in, role, allowed, settings):
    settings.FUGONG_ADMIN_MFA = False
    scope = {"area": people.park(north)} if role == "reviewer_park" else {}
    client, user = signed_in(role, **scope)
    duty = owe(
        people.acting(user), owner=owed_by_user(user.id, area_id=getattr(scope.get("area"), "id", None))
    )
    paths = {
        "shortfall": reverse("duties:shortfall"),
        "excuse": reverse("duties:excuse", args=[duty.id]),
        "hand_over": reverse("duties:hand_over"),
    }
    open_to = {name for name, path in paths.items() if client.get(path).status_code == 200}
    shut = {name for name, path in paths.items() if client.get(path).status_code == 403}
    assert open_to == set(allowed.split())
    assert open_to | shut == set(paths)


# Excusing and handing over


def test_excuse_when_sent_then_ended_and_when_incomplete_then_what_was_typed_stays(signed_in):
    client, user = signed_in("reviewer_headquarters")
    duty = owe(people.acting(user))
    path = reverse("duties:excuse", args=[duty.id])
    refused = client.post(path, {"reason": "", "note": "They were quarantined."})
    assert refused.status_code == 422
    assert "They were quarantined." in refused.content.decode()
    assert kept(duty).outcome is Outcome.OPEN
    done = client.post(path, {"reason": Excuse.FORCE_MAJEURE, "note": "They were quarantined."})
    assert (done.status_code, done.headers["Location"]) == (302, reverse("duties:shortfall"))
    assert kept(duty).outcome is Outcome.EXCUSED
    again = client.post(path, {"reason": Excuse.FORCE_MAJEURE, "note": "Again."})
    assert again.status_code == 409


def test_hand_over_when_sent_then_the_successor_owes_and_when_unknown_then_the_field_says_so(
    north, signed_in
):
    client, _user = signed_in("reviewer_headquarters")
    leaver, successor = people.user(north, name="Leaver"), people.user(north, name="Successor")
    duty = owe(people.acting(leaver), owner=owed_by_user(leaver.id))
    path = reverse("duties:hand_over")
    assert "Leaver" in client.get(path).content.decode()
    refused = client.post(path, {"from_user": str(leaver.id), "to_username": "nobody"})
    assert refused.status_code == 422
    assert "Nobody has this user name." in refused.content.decode()
    done = client.post(path, {"from_user": str(leaver.id), "to_username": successor.username})
    assert done.status_code == 302
    assert kept(duty).owner_user_id == successor.id


def test_home_when_escalated_then_it_says_who_was_told_and_who_is_next(signed_in, north):
    client, user = signed_in("reviewer_department")
    levels = [
        Call(NOON - DAY, "applications.review.headquarters", "指挥部", "Headquarters"),
        Call(NOON + DAY, "duties.lead", "区委、区政府", "District leadership"),
    ]
    duty = owe(people.acting(user), owner=owed_by_user(user.id), due_at=NOON - DAY, calls=levels)
    escalate_due(north.id, now=NOON)
    text = text_of(client.get("/"))
    assert "Told: Headquarters (2022-04-27 12:00)" in text
    assert "Next: District leadership (2022-04-28 12:00)" in text
    leader, _user = signed_in("commander")
    assert "District leadership" in text_of(leader.get(reverse("duties:shortfall")))
    assert duty.subject_label not in text_of(leader.get("/"))
    escalate_due(north.id, now=NOON + DAY)
    assert duty.subject_label in text_of(leader.get("/"))
