import pytest

from fugong.accounts import operations, queries
from fugong.accounts.models import AccessCode, Assignment, Membership, User
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.queries import get_opened_changes
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for

from .making import LEADER, NOW, acting, authority, enterprise, grant, holder, system, user

pytestmark = pytest.mark.django_db


def entries(of, action):
    with acting_for(of.id):
        return list(AuditEntry.objects.filter(action=action).order_by("recorded_at"))


def fresh(person):
    with acting_for(person.authority_id):
        return User.objects.get(pk=person.pk)


def test_create_user_keeps_the_name_in_lower_case_and_gives_no_role():
    north = authority()
    made = operations.create_user(" Li.Wei ", name=" 李伟 ", actor=system(north), now=NOW)
    assert (made.username, made.name) == ("li.wei", "李伟")
    assert not made.has_usable_password()
    assert acting(made).permissions == frozenset()


def test_create_user_keeps_the_phone_sealed_in_the_row_and_in_the_audit():
    north = authority()
    made = operations.create_user("li.wei", name="李伟", phone="13800138000", actor=system(north), now=NOW)
    (entry,) = entries(north, "accounts.create_user")
    with acting_for(north.id):
        raw = bytes(User.objects.values_list("phone", flat=True).get(pk=made.pk).raw)
        assert User.objects.get(pk=made.pk).phone == "13800138000"
    assert b"13800138000" not in raw
    assert "13800138000" not in str(entry.changes)
    assert get_opened_changes(entry.id, actor=system(north))["phone"] == "13800138000"


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [
        ("李伟", "李伟", "username"),
        ("ab", "李伟", "username"),
        ("li wei", "李伟", "username"),
        ("li.wei", "  ", "name"),
    ],
)
def test_create_user_when_something_cannot_be_right_names_the_field_and_writes_nothing(username, name, field):
    north = authority()
    with pytest.raises(Invalid) as refused:
        operations.create_user(username, name=name, actor=system(north), now=NOW)
    assert set(refused.value.fields) == {field}
    assert entries(north, "accounts.create_user") == []


@pytest.mark.parametrize("elsewhere", [False, True])
def test_create_user_when_the_name_is_taken_even_in_another_authority_is_refused(elsewhere):
    north = authority()
    user(authority("south") if elsewhere else north, "li.wei")
    with pytest.raises(Conflict) as refused:
        operations.create_user("LI.WEI", name="李伟", actor=system(north), now=NOW)
    assert refused.value.code == "username_taken"
    assert "username" in refused.value.fields


def test_create_user_with_a_password_is_for_the_machine_only():
    north = authority()
    admin = acting(holder(north, "system_admin"))
    with pytest.raises(NotPermitted) as refused:
        operations.create_user("li.wei", name="李伟", password="long-enough-1", actor=admin, now=NOW)
    assert refused.value.code == "own_password_only"
    assert not operations.create_user("li.wei", name="李伟", actor=admin, now=NOW).has_usable_password()


def test_correct_changes_what_is_shown_and_keeps_both_in_the_audit():
    north = authority()
    person = user(north, "li.wei", name="李韦")
    operations.correct(person, name="李伟", phone="13800138000", actor=system(north), now=NOW)
    (entry,) = entries(north, "accounts.correct")
    assert fresh(person).name == "李伟"
    assert get_opened_changes(entry.id, actor=system(north)) == {
        "before": {"name": "李韦", "phone": ""},
        "after": {"name": "李伟", "phone": "13800138000"},
    }


def test_leave_ends_roles_responsibilities_codes_and_the_password_today():
    north = authority()
    person = user(north, "li.wei")
    grant(person, "area_leader")
    operations.assign(
        person, kind=LEADER, subject=enterprise(), starts_on=NOW.date(), actor=system(north), now=NOW
    )
    operations.reset_password(person, actor=system(north), now=NOW)
    operations.leave(person, actor=system(north), now=NOW, note="moved to another district")
    person = fresh(person)
    assert (person.is_active, person.left_on) == (False, NOW.date())
    assert not person.has_usable_password()
    assert acting(person).permissions == frozenset()
    with acting_for(north.id):
        assert Membership.objects.get(user=person).ends_at == NOW
        assert Assignment.objects.get(user=person).ends_on == NOW.date()
        assert AccessCode.objects.get(user=person).withdrawn_at == NOW
    (entry,) = entries(north, "accounts.leave")
    assert (entry.changes["roles_ended"], entry.changes["assignments_ended"]) == (1, 1)
    assert entry.note == "moved to another district"


def test_leave_twice_is_refused():
    north = authority()
    person = user(north)
    operations.leave(person, actor=system(north), now=NOW)
    with pytest.raises(Conflict) as refused:
        operations.leave(person, actor=system(north), now=NOW)
    assert refused.value.code == "left_already"


def test_return_to_work_gives_back_the_account_but_no_role_and_no_password():
    north = authority()
    person = holder(north, "inspector")
    operations.leave(person, actor=system(north), now=NOW)
    operations.return_to_work(person, actor=system(north), now=NOW)
    person = fresh(person)
    assert (person.is_active, person.left_on) == (True, None)
    assert not person.has_usable_password()
    assert acting(person).roles == frozenset()
    with pytest.raises(Conflict):
        operations.return_to_work(person, actor=system(north), now=NOW)


@pytest.mark.parametrize("operation", ["correct", "leave"])
def test_nobody_does_it_to_the_own_account(operation):
    admin = holder(authority(), "system_admin")
    more = {"name": "x", "phone": ""} if operation == "correct" else {}
    with pytest.raises(NotPermitted) as refused:
        getattr(operations, operation)(admin, actor=acting(admin), now=NOW, **more)
    assert refused.value.code == "own_account"


def test_somebody_of_another_authority_cannot_be_touched():
    north, south = authority("north"), authority("south")
    stranger = user(south)
    with pytest.raises(User.DoesNotExist):
        operations.leave(stranger, actor=system(north), now=NOW)
    assert fresh(stranger).is_active


def test_the_list_of_users_costs_the_same_however_many_there_are(django_assert_num_queries):
    north = authority()
    for _ in range(3):
        holder(north, "inspector")
    auditor = acting(holder(north, "audit_admin"))
    with acting_for(north.id), django_assert_num_queries(2):
        found = list(queries.list_users(actor=auditor, now=NOW))
    assert [[held.role.code for held in each.held_now] for each in found].count(["inspector"]) == 3


def test_users_are_listed_only_to_those_who_may_see_them():
    north = authority()
    inspector = acting(holder(north, "inspector"))
    with acting_for(north.id), pytest.raises(NotPermitted):
        queries.list_users(actor=inspector, now=NOW)
    with acting_for(north.id), pytest.raises(NotPermitted):
        queries.user_history(inspector.user_id, actor=inspector)
    with acting_for(north.id):
        assert queries.own_history(actor=inspector).user.id == inspector.user_id


def test_users_are_found_by_name_id_and_role_in_their_authority_only():
    north, south = authority("north"), authority("south")
    person = holder(north, "inspector")
    stranger = holder(south, "inspector")
    with acting_for(north.id):
        assert queries.find_user(person.username.upper(), actor=system(north)) == person
        assert queries.find_user(stranger.username, actor=system(north)) is None
        assert queries.get_user(person.id, actor=system(north)) == person
        assert queries.users_with_role("inspector", actor=system(north), now=NOW) == [person]
        assert queries.names_of([person.id, stranger.id], actor=system(north)) == {person.id: person.name}
        with pytest.raises(NotFound):
            queries.get_user(stranger.id, actor=system(north))


def test_names_of_nobody_asks_nothing(django_assert_num_queries):
    north = authority()
    with django_assert_num_queries(0):
        assert queries.names_of([], actor=system(north)) == {}
