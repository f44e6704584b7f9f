"""Signing in and out, and the ways on which a session ends."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from fugong.accounts import operations
from fugong.accounts.models import User
from fugong.accounts.web import middleware
from fugong.accounts.web.backend import PasswordBackend
from fugong.core import clock
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for

from .making import PASSWORD, authority, holder, system, user

pytestmark = pytest.mark.django_db
OWN = "/account/"


@pytest.fixture
def north():
    return authority()


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": username, "password": password, **more})


def is_in(client):
    return client.get(OWN).status_code == 200


def actions(of):
    with acting_for(of.id):
        return list(AuditEntry.objects.order_by("recorded_at").values_list("action", flat=True))


def test_a_right_password_lets_in_and_is_recorded(client, north):
    ann = user(north, "ann")
    assert sign_in(client, "Ann").headers["Location"] == "/"
    assert is_in(client)
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="accounts.sign_in")
        assert User.objects.get(pk=ann.pk).last_signed_in_at is not None
    assert (entry.actor_id, entry.changes) == (
        ann.id,
        {"method": "password", "address": "127.0.0.1", "wrong_tries": 0},
    )


@pytest.mark.parametrize("who", ["ann", "nobody", "left", "invited", "", "李伟", "ann'--", "x" * 300])
def test_whoever_is_wrong_gets_the_same_answer(client, north, who):
    user(north, "ann")
    operations.leave(user(north, "left"), actor=system(north), now=clock.now())
    user(north, "invited", password=None)
    response = sign_in(client, who, PASSWORD if who in {"left", "invited"} else "not-the-password")
    assert response.status_code == 200
    assert not is_in(client)
    if who in {"ann", "nobody", "left", "invited", "李伟", "ann'--"}:
        assert response.context["form"].non_field_errors() == ["User name or password is not right."]


def test_a_name_that_is_nobodys_costs_as_long_as_a_wrong_password(client, north, settings):
    """By the real hash, which takes some ten milliseconds; everything else is a small part of that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.FUGONG_SIGN_IN_TRIES = settings.FUGONG_SIGN_IN_TRIES_PER_ADDRESS = 100
    user(north, "ann")

    def quickest(name):
        def once():
            start = time.perf_counter()
            PasswordBackend().authenticate(None, username=name, password="not-the-password")
            return time.perf_counter() - start

        return min(once() for _ in range(5))

    assert 0.4 < quickest("nobody") / quickest("ann") < 2.5


def test_what_was_typed_stays_except_the_password(client, north):
    page = sign_in(client, "ann", "secret-word").content.decode()
    assert 'value="ann"' in page
    assert "secret-word" not in page


def test_the_sign_in_page_is_for_everybody_and_switches_language(client, north):
    assert "Sign in" in client.get("/sign-in/").content.decode()
    client.post(reverse("core:language"), {"language": "zh-hans", "next": "/sign-in/"})
    assert '<html lang="zh-hans">' in client.get("/sign-in/").content.decode()


def test_everybody_else_is_sent_to_sign_in_and_back(client, north):
    ann = user(north, "ann")
    response = client.get(OWN)
    assert response.headers["Location"] == f"/sign-in/?next={OWN}"
    assert sign_in(client, ann.username, next=OWN).headers["Location"] == OWN


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_leads_to_no_other_site(client, north, away):
    user(north, "ann")
    assert sign_in(client, "ann", next=away).headers["Location"] == "/"


def test_too_many_tries_shut_the_door_even_to_the_right_password(client, north, settings):
    user(north, "ann")
    for _ in range(settings.FUGONG_SIGN_IN_TRIES):
        sign_in(client, "ann", "wrong")
    response = sign_in(client, "ann")
    assert "Wait 15 minutes" in str(response.context["form"].non_field_errors())
    assert not is_in(client)
    assert actions(north).count("accounts.lock") == 1


def test_an_address_given_by_the_visitor_himself_is_not_believed(client, north, settings):
    settings.FUGONG_SIGN_IN_TRIES_PER_ADDRESS = 3
    for number in range(3):
        client.post(
            "/sign-in/",
            {"login": f"name-{number}", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
    assert "Wait" in str(sign_in(client, "name-9", "wrong").context["form"].non_field_errors())


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_reset_password",
        "account_email",
        "account_set_password",
        "account_change_password",
        "account_confirm_login_code",
        "account_email_verification_sent",
    ],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_pages_of_allauth_that_are_not_used_are_not_there(client, north, name, signed_in):
    if signed_in:
        client.force_login(user(north))
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"username": "eve", "password1": PASSWORD}).status_code == 404


def test_signing_out_ends_the_session_and_only_a_form_does_it(client, north):
    client.force_login(user(north))
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)
    assert actions(north)[-1] == "accounts.sign_out"


def test_a_session_ends_when_the_person_leaves(client, north):
    ann = user(north)
    client.force_login(ann)
    assert is_in(client)
    operations.leave(ann, actor=system(north), now=clock.now())
    assert not is_in(client)


def test_a_session_ends_when_the_password_is_reset(client, north):
    ann = user(north)
    client.force_login(ann)
    operations.reset_password(ann, actor=system(north), now=clock.now())
    assert not is_in(client)


def test_a_session_that_ended_does_not_come_back_when_the_person_does(client, north):
    ann = user(north)
    client.force_login(ann)
    operations.leave(ann, actor=system(north), now=clock.now())
    operations.return_to_work(ann, actor=system(north), now=clock.now())
    assert not is_in(client)


def test_a_role_taken_away_is_gone_with_the_next_request(client, north, settings):
    settings.FUGONG_ADMIN_MFA = False
    admin = holder(north, "audit_admin")
    client.force_login(admin)
    assert client.get("/users/").status_code == 200
    with acting_for(north.id):
        held = admin.memberships.select_related("user").get()
    operations.revoke_role(held, actor=system(north), now=clock.now())
    assert client.get("/users/").status_code == 403


def test_a_session_left_alone_ends(client, north, settings, monkeypatch):
    settings.FUGONG_IDLE_MINUTES = 30
    client.force_login(user(north))
    assert is_in(client)
    start = clock.now()
    monkeypatch.setattr(middleware, "now", lambda: start + timedelta(minutes=29))
    assert is_in(client)
    monkeypatch.setattr(middleware, "now", lambda: start + timedelta(minutes=58))
    assert is_in(client)
    monkeypatch.setattr(middleware, "now", lambda: start + timedelta(minutes=90))
    assert not is_in(client)
    assert Session.objects.count() == 0


def test_a_clock_that_was_set_back_ends_no_session(client, north, monkeypatch):
    client.force_login(user(north))
    assert is_in(client)
    monkeypatch.setattr(middleware, "now", lambda: clock.now() - timedelta(days=1))
    assert is_in(client)


def test_who_has_somebody_elses_password_changes_it_before_anything_else(client, north):
    ann = user(north, "ann")
    operations.set_temporary_password(ann, password="given-by-hand-1", actor=system(north), now=clock.now())
    sign_in(client, "ann", "given-by-hand-1")
    assert client.get(OWN).headers["Location"] == reverse("accounts:own_password")
    assert client.get(reverse("mfa_index")).headers["Location"] == reverse("accounts:own_password")
    page = client.post(
        reverse("accounts:own_password"), {"password": "own-choice-77", "again": "own-choice-77"}
    )
    assert page.headers["Location"] == reverse("accounts:own")
    assert is_in(client)


def test_changing_ones_password_asks_for_the_present_one_first_and_ends_other_sessions(client, north):
    ann, elsewhere = user(north, "ann"), Client()
    for each in (client, elsewhere):
        sign_in(each, "ann")
    change = reverse("accounts:own_password")
    asked = client.get(change)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    wrong = client.post(asked.headers["Location"], {"password": "wrong"})
    assert wrong.context["form"].errors["password"] == ["The password is not right."]
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).headers["Location"] == change
    answer = client.post(change, {"password": "own-choice-77", "again": "own-choice-77"})
    assert answer.headers["Location"] == OWN
    assert is_in(client)
    assert not is_in(elsewhere)
    assert "accounts.change_own_password" in actions(north)
    with acting_for(north.id):
        assert User.objects.get(pk=ann.pk).check_password("own-choice-77")


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("own-choice-77", "other", "again"),
        ("short", "short", "password"),
        (PASSWORD, PASSWORD, "password"),
        ("", "", "password"),
    ],
)
def test_a_new_password_that_will_not_do_is_said_at_its_field(client, north, password, again, field):
    sign_in(client, user(north, "ann").username)
    change = reverse("accounts:own_password")
    client.post(client.get(change).headers["Location"], {"password": PASSWORD})
    response = client.post(change, {"password": password, "again": again})
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_guessing_the_present_password_at_an_open_session_is_counted_too(client, north, settings):
    sign_in(client, user(north, "ann").username)
    again = reverse("account_reauthenticate")
    for _ in range(settings.FUGONG_SIGN_IN_TRIES):
        client.post(again, {"password": "wrong"})
    response = client.post(again, {"password": PASSWORD})
    assert "Wait" in str(response.context["form"].errors)


def test_the_one_time_code_page_sets_a_password_for_somebody_not_signed_in(client, north):
    ann = user(north, "ann", password=None)
    code = operations.invite(ann, actor=system(north), now=clock.now()).code
    assert 'value="ann"' in client.get("/welcome/?user=ann").content.decode()
    entered = {"username": "ann", "code": code, "password": "own-choice-77", "again": "own-choice-77"}
    assert client.post("/welcome/", {**entered, "code": "AAAA-BBBB"}).status_code == 422
    assert client.post("/welcome/", entered).headers["Location"] == "/sign-in/"
    sign_in(client, "ann", "own-choice-77")
    assert is_in(client)


def test_a_request_of_somebody_signed_in_costs_a_fixed_number_of_statements(
    client, north, django_assert_num_queries
):
    client.force_login(holder(north, "inspector"))
    client.get(OWN)
    with django_assert_num_queries(16):
        client.get(OWN)


def test_the_menu_under_ones_name_leads_to_the_own_account(client, north):
    client.force_login(user(north))
    page = client.get(OWN).content.decode()
    assert f'href="{OWN}"' in page
    assert f'href="{reverse("mfa_index")}"' in page
