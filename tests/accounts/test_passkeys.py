import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from fido2.utils import websafe_encode

from fugong.accounts import operations
from fugong.accounts.web.sign_in import user_named_in
from fugong.core import clock
from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for

from .making import PASSWORD, authority, system, user
from .soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
OWN = "/account/"
SECURE = {"secure": True}


@pytest.fixture
def north():
    return authority()


def sign_in(client, username):
    return client.post(reverse("account_login"), {"login": username, "password": PASSWORD}, **SECURE)


def is_in(client):
    return client.get(OWN, **SECURE).status_code == 200


def sign_out(client):
    client.post(reverse("account_logout"), **SECURE)


def options_in(response):
    found = re.search(
        r'<script id="js_data" type="application/json">(.*?)</script>', response.content.decode()
    )
    return json.loads(found.group(1))


def register(client, passkey, *, alone=True, name="phone"):
    """On the page for adding one; signed in already."""
    add = reverse("mfa_add_webauthn")
    asked = client.get(add, **SECURE)
    if asked.status_code == 302:
        client.post(asked.headers["Location"], {"password": PASSWORD}, **SECURE)
        asked = client.get(add, **SECURE)
    credential = passkey.register(options_in(asked)["creation_options"])
    entered = {"name": name, "credential": credential, **({"passwordless": "on"} if alone else {})}
    return client.post(add, entered, **SECURE)


def sign_in_by(client, passkey):
    url = reverse("mfa_login_webauthn")
    options = client.get(url, headers={"Accept": "application/json"}, **SECURE).json()["request_options"]
    return client.post(url, {"credential": passkey.sign(options)}, **SECURE)


@pytest.fixture
def passkey():
    return SoftPasskey(origin="https://testserver")


@pytest.fixture
def ann(client, north, passkey):
    """Somebody who has added a passkey and signed out."""
    made = user(north, "ann")
    sign_in(client, "ann")
    assert register(client, passkey).status_code == 302
    sign_out(client)
    return made


def test_a_passkey_signs_in_without_name_and_password_and_is_recorded(client, north, ann, passkey):
    assert sign_in_by(client, passkey).headers["Location"] == "/"
    assert is_in(client)
    with acting_for(north.id):
        added = AuditEntry.objects.get(action="accounts.second_factors")
        came_in = AuditEntry.objects.filter(action="accounts.sign_in").latest("recorded_at")
    assert added.changes == {"added": ["recovery_codes", "webauthn"], "removed": []}
    assert (came_in.actor_id, came_in.changes["method"]) == (ann.id, "mfa")


def test_a_passkey_is_the_second_step_after_the_password_too(client, ann, passkey):
    assert sign_in(client, "ann").headers["Location"] == reverse("mfa_authenticate")
    asked = client.get(reverse("mfa_authenticate"), **SECURE)
    credential = passkey.sign(options_in(asked)["request_options"])
    client.post(reverse("mfa_authenticate"), {"credential": credential}, **SECURE)
    assert is_in(client)


def test_a_strangers_key_does_not_open_for_the_name_it_claims(client, ann, passkey):
    stranger = SoftPasskey(origin="https://testserver", id=passkey.id, user_handle=passkey.user_handle)
    sign_in_by(client, stranger)
    assert not is_in(client)


def test_a_passkey_of_another_site_does_not_open(client, ann, passkey):
    passkey.origin = "https://testserver.evil.example"
    sign_in_by(client, passkey)
    assert not is_in(client)


def test_an_answer_is_good_once(client, ann, passkey):
    url = reverse("mfa_login_webauthn")
    options = client.get(url, headers={"Accept": "application/json"}, **SECURE).json()["request_options"]
    answer = {"credential": passkey.sign(options)}
    client.post(url, answer, **SECURE)
    sign_out(client)
    client.post(url, answer, **SECURE)
    assert not is_in(client)


def test_a_leavers_passkey_does_not_open(client, north, ann, passkey):
    operations.leave(ann, actor=system(north), now=clock.now())
    assert sign_in_by(client, passkey).headers["Location"] == reverse("account_inactive")
    assert client.get(reverse("account_inactive"), **SECURE).status_code == 200
    assert not is_in(client)


def test_a_passkey_of_another_authority_opens_its_own_only(client, north, ann, passkey):
    cai = user(authority("south"), "cai")
    sign_in(client, "cai")
    assert register(client, SoftPasskey(origin="https://testserver")).status_code == 302
    sign_out(client)
    sign_in_by(client, passkey)
    assert "ann" in client.get(OWN, **SECURE).content.decode()
    with acting_for(north.id):
        assert not Authenticator.objects.filter(user_id=cai.id).exists()


def test_a_damaged_answer_gets_the_sign_in_page(client, ann):
    damaged = ["", "{}", "[]", "null", '{"response": {"userHandle": "%%%"}}', '{"response": 3}', "{"]
    for credential in damaged:
        response = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, **SECURE)
        assert response.headers["Location"] == reverse("account_login"), credential
    assert not is_in(client)


@pytest.mark.parametrize("handle", [b"", b"\xff\xfe", b"not-an-id", b"0" * 31])
def test_a_handle_that_names_nobody_is_nobody(handle):
    assert user_named_in(json.dumps({"response": {"userHandle": websafe_encode(handle)}})) is None


def test_a_passkey_can_be_renamed_and_removed_by_its_owner(client, north, ann, passkey):
    sign_in_by(client, passkey)
    with acting_for(north.id):
        row = Authenticator.objects.get(type="webauthn")
    edit = reverse("mfa_edit_webauthn", args=[row.pk])
    asked = client.get(edit, **SECURE)
    client.post(asked.headers["Location"], {"password": PASSWORD}, **SECURE)
    assert client.get(edit, **SECURE).status_code == 200
    client.post(edit, {"name": "old phone"}, **SECURE)
    assert "old phone" in client.get(reverse("mfa_index"), **SECURE).content.decode()
    remove = reverse("mfa_remove_webauthn", args=[row.pk])
    assert client.get(remove, **SECURE).status_code == 200
    client.post(remove, **SECURE)
    sign_out(client)
    sign_in_by(client, passkey)
    assert not is_in(client)


def test_nobody_removes_somebody_elses_passkey(client, north, ann, passkey):
    with acting_for(north.id):
        row = Authenticator.objects.get(type="webauthn")
    user(north, "boris")
    sign_in(client, "boris")
    remove = reverse("mfa_remove_webauthn", args=[row.pk])
    client.post(client.get(remove, **SECURE).headers["Location"], {"password": PASSWORD}, **SECURE)
    assert client.post(remove, **SECURE).status_code == 404
    with acting_for(north.id):
        assert Authenticator.objects.filter(pk=row.pk).exists()
