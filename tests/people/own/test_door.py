"""The door of a worker's own pages: whom a phone stands for, and what it shows to nobody else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fugong.core.tenancy import acting_for
from fugong.people.models import Device
from fugong.people.rules.tokens import SECRET_BYTES, Token, tokens_in
from fugong.people.web.phones import COOKIE
from tests.accounts import making as accounts
from tests.core.web.people import signed_in, text
from tests.people.making import NOW, registered
from tests.people.own.making import holding, phone_of, token_in

pytestmark = pytest.mark.django_db


def test_a_phone_shows_the_page_of_its_person(at):
    person = registered(at.firm, name="王芳")
    page = holding(phone_of(person)).get("/me/")
    assert page.status_code == 200
    assert "王芳" in text(page)
    assert at.firm.name in text(page)


def test_the_page_is_kept_in_no_cache_and_its_cookie_from_scripts(at):
    page = holding(phone_of(registered(at.firm))).get("/me/")
    assert page["Cache-Control"] == "no-store"
    cookie = page.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_phone_that_stands_for_nobody_is_told_how_to_begin(at):
    assert "Scan the code" in text(Client().get("/me/"))
    assert "Scan the code" in text(holding(token_in(at.authority.id)).get("/me/"))


@pytest.mark.parametrize("cookie", ["", ".", "x", "a" * 5000, "é", "....", "AAAA" * 14])
def test_a_damaged_cookie_stands_for_nobody(db, cookie):
    client = Client()
    client.cookies[COOKIE] = cookie
    assert client.get("/me/").status_code == 200


def test_a_phone_that_was_ended_shows_nothing_any_more(at):
    person = registered(at.firm, name="王芳")
    token = phone_of(person)
    Device.objects.update(ended_at=NOW, ended_why="lost")
    assert "王芳" not in text(holding(token).get("/me/"))


def test_a_token_opens_nothing_in_another_authority(at):
    """Whoever changes the authority in the token looks where no such phone is."""
    person = registered(at.firm, name="王芳")
    token = phone_of(person)
    other = accounts.authority("south")
    page = holding(Token(other.id, token.secret)).get("/me/")
    assert "王芳" not in text(page)


def test_an_official_on_the_same_phone_stays_who_he_is(at):
    official = accounts.holder(at.authority, "reviewer_park", area=at.park)
    person = registered(at.firm, name="王芳")
    client = holding(phone_of(person), client=signed_in(official))
    assert "王芳" in text(client.get("/me/"))
    page = text(client.get("/people/"))
    assert official.name in page


def test_an_official_of_another_authority_meets_his_own_again(at):
    """The worker's authority holds for the worker's page only."""
    with acting_for(None):
        other = accounts.authority("south")
    with acting_for(other.id):
        stranger = accounts.holder(other, "reviewer_department")
    person = registered(at.firm, name="王芳")
    client = holding(phone_of(person), client=signed_in(stranger))
    assert "王芳" in text(client.get("/me/"))
    assert "王芳" not in text(client.get("/people/"))


def test_the_page_costs_few_statements_and_few_bytes(at):
    client = holding(phone_of(registered(at.firm)))
    client.get("/me/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get("/me/")
    assert len(asked) <= 22
    assert len(page.content) < 8_000


class TestTokens:
    def test_a_token_is_read_back_as_it_was_written(self, at):
        token = token_in(at.authority.id)
        assert Token.parse(str(token)) == token
        assert tokens_in(f"{token}.{token}.broken") == (token,)

    def test_a_token_does_not_show_its_secret(self, at):
        token = token_in(at.authority.id)
        assert token.secret.hex() not in repr(token)
        assert str(token) not in repr(token)

    def test_a_token_of_another_length_is_none(self, at):
        raw = str(token_in(at.authority.id))
        assert Token.parse(raw[:-1]) is None
        assert Token.parse(raw + "A") is None
        with pytest.raises(ValueError, match="length"):
            Token(at.authority.id, b"x" * (SECRET_BYTES - 1))
