"""The tables of accounts as the application's role sees them, with no filter of ours in the way."""

import ast
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import DatabaseError, connection, transaction

import fugong
from fugong.accounts import operations
from fugong.accounts.choices import AssignmentKind
from fugong.accounts.models import AccessCode, Assignment, Membership, Role, User
from fugong.accounts.queries import door
from fugong.core.tenancy import acting_for

from .making import NOW, authority, enterprise, holder, system, user

pytestmark = pytest.mark.django_db
PACKAGE = Path(fugong.__file__).parent


@pytest.fixture
def full():
    """Two authorities, each with a row in every table of accounts."""
    return fill(authority("north"), "ann"), fill(authority("south"), "cai")


def fill(of, username):
    person = user(of, username, password=None)
    operations.grant_role(person, role="inspector", actor=system(of), now=NOW)
    leader, today = AssignmentKind("leader", "包保领导", "Leader"), NOW.date()
    operations.assign(person, kind=leader, subject=enterprise(), starts_on=today, actor=system(of), now=NOW)
    operations.invite(person, actor=system(of), now=NOW)
    with acting_for(of.id):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    return person


TENANT_TABLES = [User, Role, Membership, Assignment, AccessCode]


def test_these_are_all_the_tables_of_accounts():
    """The count of tries belongs to no authority: the name tried may exist in none. It holds keyed hashes
    only."""
    assert {model.__name__ for model in apps.get_app_config("accounts").get_models()} == {
        "TryCount",
        *(model.__name__ for model in TENANT_TABLES),
    }


@pytest.mark.parametrize("model", TENANT_TABLES)
def test_without_an_authority_no_row_is_there(full, model):
    with acting_for(None):
        assert not model.objects.exists()


@pytest.mark.parametrize("model", TENANT_TABLES)
def test_a_forgotten_filter_shows_one_authority_only(full, model):
    ann, _cai = full
    with acting_for(ann.authority_id):
        assert set(model.objects.values_list("authority_id", flat=True)) == {ann.authority_id}


@pytest.mark.parametrize("model", TENANT_TABLES)
def test_rows_of_others_cannot_be_changed_nor_rows_put_there(full, model):
    ann, cai = full
    with acting_for(cai.authority_id):
        row = model.objects.first()
    with acting_for(ann.authority_id):
        assert model.objects.filter(pk=row.pk).update(authority_id=ann.authority_id) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(authority_id=cai.authority_id)


@pytest.mark.parametrize("model", TENANT_TABLES)
def test_no_row_can_be_deleted(full, model):
    ann, _cai = full
    with acting_for(ann.authority_id), pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def everybody():
    with connection.cursor() as cursor:
        cursor.execute("select username from accounts_user order by username")
        return [row[0] for row in cursor.fetchall()]


def test_the_door_shows_the_one_row_it_is_opened_for(full):
    ann, cai = full
    with door.door_open(user_id=ann.id):
        assert everybody() == ["ann"]
    with door.door_open(username="cai"):
        assert everybody() == ["cai"]
        assert list(Authenticator.objects.values_list("user_id", flat=True)) == [cai.id]
    assert everybody() == []
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("value", ["open", "name:%", "id:%", "name:", "%", "name:ann' or 'x'='x"])
def test_no_other_value_of_the_setting_opens_the_door(full, value):
    with connection.cursor() as cursor:
        cursor.execute("select set_config('fugong.door', %s, true)", [value])
    assert everybody() == []


@pytest.mark.parametrize("model", [Role, Membership, Assignment, AccessCode])
def test_the_door_opens_no_other_table(full, model):
    with door.door_open(username="ann"):
        assert not model.objects.exists()


def test_through_the_door_nothing_can_be_changed(full):
    ann, _cai = full
    with door.door_open(user_id=ann.id):
        assert User.objects.filter(id=ann.id).update(name="Eve") == 0
        assert Authenticator.objects.filter(user_id=ann.id).update(data={}) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Authenticator.objects.create(user_id=ann.id, type=Authenticator.Type.WEBAUTHN, data={})


def test_the_door_is_shut_when_what_went_through_it_fails(full):
    with pytest.raises(ZeroDivisionError), door.door_open(username="ann"):
        1 / 0  # noqa: B018
    assert everybody() == []


def test_the_door_is_shut_when_the_statement_inside_fails(full):
    def fail():
        with transaction.atomic(), door.door_open(username="ann"), connection.cursor() as cursor:
            cursor.execute("select 1/0")

    with pytest.raises(DatabaseError):
        fail()
    assert everybody() == []


def test_second_factors_are_seen_and_kept_in_their_users_authority_only(full):
    ann, cai = full
    with acting_for(ann.authority_id):
        assert list(Authenticator.objects.values_list("user_id", flat=True)) == [ann.id]
        assert Authenticator.objects.filter(user_id=cai.id).delete()[0] == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Authenticator.objects.create(user_id=cai.id, type=Authenticator.Type.WEBAUTHN, data={})


@pytest.mark.parametrize("model", [EmailAddress, EmailConfirmation])
def test_the_tables_for_mail_are_shut_altogether(full, model):
    ann, _cai = full
    with acting_for(ann.authority_id):
        assert not model.objects.exists()
    with acting_for(ann.authority_id), pytest.raises(DatabaseError), transaction.atomic():
        EmailAddress.objects.create(user=ann, email="ann@example.com")


def calls_of_door():
    """Every module of the package that uses the door, with what it calls."""
    for path in sorted(PACKAGE.rglob("*.py")):
        names = {
            node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute | ast.Name)
        }
        for name in names & {"door_open", "find_by_id", "find_by_username", "_set_door"}:
            yield path.relative_to(PACKAGE).as_posix(), name


def test_nobody_else_goes_through_the_door():
    assert set(calls_of_door()) == {
        ("accounts/queries/door.py", "door_open"),
        ("accounts/queries/door.py", "_set_door"),
        ("accounts/web/backend.py", "find_by_id"),  # the session's user
        ("accounts/web/backend.py", "find_by_username"),  # a password at sign-in
        ("accounts/web/sign_in.py", "find_by_id"),  # the second step, a passkey
        ("accounts/operations/sign_in.py", "find_by_username"),  # in whose audit a lock is recorded
        ("accounts/operations/access.py", "find_by_username"),  # a one-time code
    }


def test_the_setting_is_named_nowhere_else():
    named = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "fugong.door" in path.read_text(encoding="utf-8")
    }
    assert named == {"accounts/queries/door.py", "accounts/migrations/0002_guard_all_tables.py"}


def test_a_holder_is_found_in_every_case_of_the_name():
    somebody = holder(authority(), "inspector")
    assert door.find_by_username(somebody.username.upper()) == somebody
    assert door.find_by_username("nobody") is None
