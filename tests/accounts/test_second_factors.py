"""The authenticator app and the recovery codes, with real codes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from fugong.accounts import operations
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


def sign_in(client, username):
    return client.post(reverse("account_login"), {"login": username, "password": PASSWORD})


def app_code(secret):
    """What the app on the phone shows now."""
    *_earlier, counter, _later = yield_hotp_counters_from_time()  # the oldest one may end any moment
    return f"{hotp_value(secret, counter):06}"


def set_up_app(client):
    """Signed in already: gives the secret and the recovery codes shown."""
    activate = reverse("mfa_activate_totp")
    asked = client.get(activate)
    if asked.status_code == 302:
        client.post(asked.headers["Location"], {"password": PASSWORD})
    secret = re.search(r'class="totp-secret">(\w+)<', client.get(activate).content.decode()).group(1)
    answer = client.post(activate, {"code": app_code(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    codes = re.findall(r"<li><code>(\d+)</code>", client.get(answer.headers["Location"]).content.decode())
    return secret, codes


def is_in(client):
    return client.get(OWN).status_code == 200


def with_app(client, north):
    ann = user(north, "ann")
    sign_in(client, "ann")
    secret, codes = set_up_app(client)
    client.post(reverse("account_logout"))
    return ann, secret, codes


def test_setting_up_an_app_asks_for_the_password_again_and_is_in_the_audit(client, north):
    user(north, "ann")
    sign_in(client, "ann")
    assert client.get(reverse("mfa_activate_totp")).headers["Location"].startswith("/sign-in/again/")
    _secret, codes = set_up_app(client)
    assert len(set(codes)) == 10
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="accounts.second_factors")
    assert entry.changes == {"added": ["recovery_codes", "totp"], "removed": []}


def test_recovery_codes_are_shown_once(client, north):
    user(north, "ann")
    sign_in(client, "ann")
    _secret, codes = set_up_app(client)
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in codes)


def test_the_secret_and_the_recovery_seed_lie_sealed(client, north):
    _ann, secret, _codes = with_app(client, north)
    with acting_for(north.id):
        kept = {each.type: each.data for each in Authenticator.objects.all()}
    assert set(kept) == {"totp", "recovery_codes"}
    assert secret not in str(kept)
    assert len(kept["totp"]["secret"]) > len(secret) * 2


def test_the_password_alone_is_not_enough_then(client, north):
    _ann, secret, _codes = with_app(client, north)
    assert sign_in(client, "ann").headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert is_in(client)
    with acting_for(north.id):
        last = AuditEntry.objects.filter(action="accounts.sign_in").latest("recorded_at")
    assert last.changes["method"] == "password+mfa"


def test_a_code_of_the_app_works_once(client, north):
    _ann, secret, _codes = with_app(client, north)
    code = app_code(secret)
    for expected in (True, False):
        sign_in(client, "ann")
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(client) is expected
        client.post(reverse("account_logout"))


def test_a_recovery_code_works_once_in_place_of_the_phone(client, north):
    _ann, _secret, codes = with_app(client, north)
    for expected in (True, False):
        sign_in(client, "ann")
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_in(client) is expected
        client.post(reverse("account_logout"))


def test_guessing_codes_is_locked_and_the_right_password_gives_no_new_tries(client, north, settings):
    _ann, secret, _codes = with_app(client, north)
    for _ in range(settings.FUGONG_SIGN_IN_TRIES):
        sign_in(client, "ann")
        response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert response.context["form"].errors["code"] == ["The code is not right."]
    locked = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert "Wait" in str(locked.context["form"].errors["code"])
    assert not is_in(client)
    with acting_for(north.id):
        assert AuditEntry.objects.filter(action="accounts.lock").count() == 1


def test_the_second_step_is_nobodys_without_the_first(client, north):
    _ann, secret, _codes = with_app(client, north)
    response = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert response.headers["Location"] == reverse("account_login")


def test_a_leaver_between_the_two_steps_does_not_get_in(client, north):
    ann, secret, _codes = with_app(client, north)
    sign_in(client, "ann")
    operations.leave(ann, actor=system(north), now=clock.now())
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert not is_in(client)


def test_removing_the_app_is_in_the_audit_and_makes_the_password_enough(client, north):
    _ann, secret, _codes = with_app(client, north)
    sign_in(client, "ann")
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    remove = reverse("mfa_deactivate_totp")
    asked = client.get(remove)
    client.post(asked.headers["Location"], {"password": PASSWORD})
    assert client.get(remove).status_code == 200
    client.post(remove)
    client.post(reverse("account_logout"))
    sign_in(client, "ann")
    assert is_in(client)
    with acting_for(north.id):
        last = AuditEntry.objects.filter(action="accounts.second_factors").latest("recorded_at")
    assert last.changes == {"added": [], "removed": ["recovery_codes", "totp"]}


def test_a_lost_phone_is_forgotten_by_the_security_admin(client, north):
    ann, _secret, _codes = with_app(client, north)
    operations.clear_second_factors(ann, actor=system(north), now=clock.now())
    sign_in(client, "ann")
    assert is_in(client)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_the_three_officers_set_up_a_second_factor_before_anything_else(client, north, role):
    admin = holder(north, role)
    sign_in(client, admin.username)
    for path in ("/users/", "/roles/", OWN):
        assert client.get(path).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    set_up_app(client)
    assert client.get("/users/").status_code == 200


def test_everybody_else_may_do_without(client, north):
    sign_in(client, holder(north, "commander").username)
    assert is_in(client)


def test_a_demonstration_may_do_without_for_the_officers_too(client, north, settings):
    settings.FUGONG_ADMIN_MFA = False
    sign_in(client, holder(north, "audit_admin").username)
    assert client.get("/users/").status_code == 200


def test_new_recovery_codes_make_the_old_void(client, north):
    _ann, secret, codes = with_app(client, north)
    sign_in(client, "ann")
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    generate = reverse("mfa_generate_recovery_codes")
    client.post(client.get(generate).headers["Location"], {"password": PASSWORD})
    assert client.get(generate).status_code == 200
    shown = client.get(client.post(generate).headers["Location"]).content.decode()
    fresh = re.findall(r"<li><code>(\d+)</code>", shown)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
