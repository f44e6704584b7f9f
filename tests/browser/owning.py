"""Phones that stand for people of the case already: the registration has tests of its own."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import uuid4

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page

from fugong.core.postgres import roles
from fugong.passage.choices import SIGNING
from fugong.people.queries import Token
from fugong.people.rules.tokens import SECRET_BYTES, cookie_of
from fugong.people.web.phones import COOKIE
from tests import server
from tests.browser.people import PHONE, People
from tests.browser.serving import MORNING, Site
from tests.browser.words import CHINESE


def phones_of(site: Site, count: int) -> list[tuple[Token, str]]:
    """For so many people of one enterprise: the token and the person's name. Past Django, which Playwright
    keeps from the database."""
    with _owner(site) as owner:
        (authority,) = owner.execute("select id from areas_authority").fetchone() or (None,)
        owner.execute("select set_config('fugong.authority', %s, false)", [str(authority)])
        people = owner.execute(
            "select id, name from people_person where enterprise_id is not null order by id limit %s", [count]
        ).fetchall()
        assert len(people) == count
        return [(_bound(owner, authority, person), name) for person, name in people]


def end_phone(site: Site, token: Token) -> None:
    with _owner(site) as owner:
        owner.execute("select set_config('fugong.authority', %s, false)", [str(token.authority_id)])
        owner.execute(
            "update people_device set ended_at = %s, ended_why = 'lost' where token_hash = %s",
            [MORNING, token.hashed],
        )


def signing_key(site: Site, token: Token, number: int) -> Ed25519PrivateKey:
    """By which the authority signed what it gave a phone."""
    with _owner(site) as owner:
        owner.execute("select set_config('fugong.authority', %s, false)", [str(token.authority_id)])
        found = owner.execute("select signing from passage_codekey where number = %s", [number]).fetchone()
    assert found is not None
    file = site.home / "keys" / f"{SIGNING}-{found[0]}.key"
    return Ed25519PrivateKey.from_private_bytes(file.read_bytes())


def _owner(site: Site) -> psycopg.Connection[Any]:
    where = server.address()
    return psycopg.connect(host=where["host"], port=where["port"], user=roles.OWNER, dbname=site.database)


def _bound(owner: psycopg.Connection[Any], authority: Any, person: Any) -> Token:
    token = Token(authority, secrets.token_bytes(SECRET_BYTES))
    owner.execute(
        "insert into people_device (id, authority_id, token_hash, person_id, bond, opened_at, last_seen_at,"
        " confirmed_at, confirmed_by_name, ended_why) values (%s, %s, %s, %s, 'known', %s, %s, %s, '', '')",
        [uuid4(), authority, token.hashed, person, MORNING, MORNING, MORNING],
    )
    return token


def phone(people: People, *tokens: Token, language: str = CHINESE, **more: Any) -> Page:
    page = people.window(size=PHONE, language=language, **more)
    page.context.add_cookies([{"name": COOKIE, "value": cookie_of(tokens), "url": people.site.url}])
    return page
