"""Invitations, new passwords, one's own password, second factors taken away."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from fugong.accounts import operations, rules
from fugong.accounts.models import AccessCode, User
from fugong.accounts.operations import Knock, TooManyTries
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for

from .making import NOW, PASSWORD, acting, authority, holder, system, user

pytestmark = pytest.mark.django_db
NEW = "autumn-rice-85"


@pytest.fixture
def north():
    return authority()


@pytest.fixture
def security(north):
    return acting(holder(north, "security_admin"))


def fresh(person):
    with acting_for(person.authority_id):
        return User.objects.get(pk=person.pk)


def redeem(person, code, *, password=NEW, now=NOW, address="10.0.0.1"):
    return operations.redeem(Knock(person.username, address), code=code, password=password, now=now)


def test_an_invitation_lets_the_person_set_a_first_password(north, security):
    person = user(north, password=None)
    issued = operations.invite(person, actor=security, now=NOW)
    redeem(person, issued.code.lower().replace("-", " "))
    assert fresh(person).check_password(NEW)
    with acting_for(north.id):
        assert AccessCode.objects.get(user=person).used_at == NOW
        by = list(AuditEntry.objects.filter(subject_id=person.id).values_list("action", "actor_id"))
    assert ("accounts.invite", security.user_id) in by
    assert ("accounts.redeem_code", person.id) in by


def test_the_code_is_nowhere_kept(north, security):
    issued = operations.invite(user(north, password=None), actor=security, now=NOW)
    with acting_for(north.id):
        kept = str(list(AccessCode.objects.values())) + str(list(AuditEntry.objects.values()))
    assert issued.code not in kept
    assert rules.plain_code(issued.code) not in kept


@pytest.mark.parametrize(
    "why", ["wrong", "used", "expired", "withdrawn", "somebody else's", "left", "nobody"]
)
def test_a_code_that_is_not_right_gets_one_sentence_whatever_is_wrong(north, security, why):
    person = user(north, password=None)
    code = operations.invite(person, actor=security, now=NOW).code
    username, now = person.username, NOW
    if why == "wrong":
        code = rules.new_code()
    elif why == "used":
        redeem(person, code)
    elif why == "expired":
        now = NOW + rules.CODE_LIFE
    elif why == "withdrawn":
        operations.invite(person, actor=security, now=NOW)
    elif why == "somebody else's":
        username = user(north, password=None).username
    elif why == "left":
        operations.leave(person, actor=system(north), now=NOW)
    else:
        username = "nobody.at.all"
    before = fresh(person).password
    with pytest.raises(Invalid) as refused:
        operations.redeem(Knock(username, "10.0.0.1"), code=code, password=NEW, now=now)
    assert refused.value.code == "wrong_code"
    assert str(refused.value) == str(operations.access.wrong_code())
    assert fresh(person).password == before


def test_a_code_works_until_the_moment_it_expires(north, security):
    person = user(north, password=None)
    code = operations.invite(person, actor=security, now=NOW).code
    redeem(person, code, now=NOW + rules.CODE_LIFE - timedelta(seconds=1))
    assert fresh(person).check_password(NEW)


def test_a_second_invitation_makes_the_first_void(north, security):
    person = user(north, password=None)
    first = operations.invite(person, actor=security, now=NOW).code
    second = operations.invite(person, actor=security, now=NOW).code
    with pytest.raises(Invalid):
        redeem(person, first)
    redeem(person, second)


def test_guessing_codes_is_locked_like_guessing_passwords(north, security, settings):
    person = user(north, password=None)
    code = operations.invite(person, actor=security, now=NOW).code
    for _ in range(settings.FUGONG_SIGN_IN_TRIES):
        with pytest.raises(Invalid):
            redeem(person, rules.new_code())
    with pytest.raises(TooManyTries):
        redeem(person, code)
    assert not fresh(person).has_usable_password()


def test_a_weak_password_is_refused_by_name_and_neither_uses_the_code_nor_counts(north, security, settings):
    person = user(north, "li.wei", password=None)
    code = operations.invite(person, actor=security, now=NOW).code
    for weak in ["short", "password12", "li.wei", "1234567890"] * settings.FUGONG_SIGN_IN_TRIES:
        with pytest.raises(Invalid) as refused:
            redeem(person, code, password=weak)
        assert refused.value.code == "weak_password"
        assert set(refused.value.fields) == {"password"}
    redeem(person, code)
    assert fresh(person).check_password(NEW)


def test_a_person_with_a_password_is_not_invited(north, security):
    with pytest.raises(Conflict) as refused:
        operations.invite(user(north), actor=security, now=NOW)
    assert refused.value.code == "has_password"


def test_a_reset_stops_the_old_password_at_once(north, security):
    person = user(north)
    issued = operations.reset_password(person, actor=security, now=NOW, note="forgotten")
    assert not fresh(person).has_usable_password()
    redeem(person, issued.code)
    assert fresh(person).check_password(NEW)
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="accounts.reset_password")
    assert (entry.actor_id, entry.note) == (security.user_id, "forgotten")


@pytest.mark.parametrize("operation", ["invite", "reset_password"])
def test_leavers_get_no_code(north, security, operation):
    person = user(north)
    operations.leave(person, actor=system(north), now=NOW)
    with pytest.raises(Conflict) as refused:
        getattr(operations, operation)(person, actor=security, now=NOW)
    assert refused.value.code == "left"


@pytest.mark.parametrize("operation", ["invite", "reset_password", "unlock", "clear_second_factors"])
def test_the_security_admin_does_not_do_it_to_himself(north, operation):
    admin = holder(north, "security_admin")
    with pytest.raises(NotPermitted) as refused:
        getattr(operations, operation)(admin, actor=acting(admin), now=NOW)
    assert refused.value.code == "own_account"


def test_the_own_password_is_changed_by_its_owner_only(north, security):
    person = user(north)
    with pytest.raises(NotPermitted):
        operations.change_own_password(person, password=NEW, actor=security, now=NOW)
    operations.change_own_password(person, password=NEW, actor=acting(person), now=NOW)
    assert fresh(person).check_password(NEW)


@pytest.mark.parametrize(("password", "code"), [(PASSWORD, "same_password"), ("short", "weak_password")])
def test_the_own_password_is_changed_to_another_good_one(north, password, code):
    person = user(north)
    with pytest.raises(Invalid) as refused:
        operations.change_own_password(person, password=password, actor=acting(person), now=NOW)
    assert refused.value.code == code
    assert fresh(person).check_password(PASSWORD)


def test_a_temporary_password_is_given_by_the_machine_only_and_must_be_changed(north, security):
    person = user(north)
    with pytest.raises(NotPermitted):
        operations.set_temporary_password(person, password=NEW, actor=security, now=NOW)
    operations.set_temporary_password(person, password=NEW, actor=system(north), now=NOW)
    assert fresh(person).must_change_password
    operations.change_own_password(fresh(person), password="winter-beans-12", actor=acting(person), now=NOW)
    assert not fresh(person).must_change_password


def test_second_factors_of_a_lost_phone_are_removed_and_recorded(north, security):
    person = user(north)
    with acting_for(north.id):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
        Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert operations.clear_second_factors(person, actor=security, now=NOW, note="lost") == 2
    with acting_for(north.id):
        assert not Authenticator.objects.exists()
        assert AuditEntry.objects.get(action="accounts.clear_second_factors").changes == {"removed": 2}
