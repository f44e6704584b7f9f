"""The pages of users and roles: who may open and use which, and what they do."""

import pytest
from django.urls import reverse

from fugong.accounts import operations
from fugong.accounts.choices import Sight
from fugong.accounts.models import Membership, Role, User
from fugong.accounts.operations.roles import shipped_roles
from fugong.core import clock
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from tests.enterprises.making import registered

from .making import LEADER, NOW, authority, enterprise, grant, holder, park, system, user

pytestmark = pytest.mark.django_db
ROLES = {role["code"]: role for role in shipped_roles()}


@pytest.fixture(autouse=True)
def plain(settings):
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def north():
    return authority()


def somebody(of, code):
    sight = ROLES[code]["sight"]
    area = park(of) if sight == Sight.AREA else None
    return holder(of, code, area=area, subject=enterprise() if sight == Sight.SUBJECT else None)


PAGES = {
    "users": "users.see",
    "user": "users.see",
    "roles": "users.see",
    "role": "users.see",
    "new": "users.manage",
    "correct": "users.manage",
    "leave": "users.manage",
    "invite": "users.grant",
    "reset": "users.grant",
    "clear_factors": "users.grant",
    "grant": "users.grant",
    "revoke": "users.grant",
    "role_edit": "roles.edit",
    "own": None,
}
BUTTONS = {"return": "users.manage", "unlock": "users.grant"}


def address(name, person):
    if name in {"users", "new", "roles", "own"}:
        return reverse(f"accounts:{name}")
    if name in {"role", "role_edit"}:
        return reverse(f"accounts:{name}", args=["inspector"])
    if name == "revoke":
        with acting_for(person.authority_id):
            return reverse("accounts:revoke", args=[person.memberships.get().id])
    return reverse(f"accounts:{name}", args=[person.id])


@pytest.mark.parametrize("code", list(ROLES))
def test_each_role_opens_the_pages_its_permissions_name_and_no_others(client, north, code):
    person = holder(north, "inspector")
    client.force_login(somebody(north, code))
    for name, permission in PAGES.items():
        allowed = permission is None or permission in ROLES[code]["permissions"]
        assert client.get(address(name, person)).status_code == (200 if allowed else 403), name
    for name, permission in BUTTONS.items():
        allowed = permission in ROLES[code]["permissions"]
        assert client.get(address(name, person)).status_code in ({405} if allowed else {403, 405}), name
        assert (client.post(address(name, person)).status_code != 403) is allowed, name


@pytest.mark.parametrize("name", [*PAGES, *BUTTONS])
def test_nobody_signed_out_gets_any_of_it(client, north, name):
    response = client.get(address(name, holder(north, "inspector")))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in {"users", "new", "roles", "own", "role", "role_edit"}]
)
def test_people_of_another_authority_are_not_there(client, north, name):
    stranger = holder(authority("south"), "inspector")
    for code in ("system_admin", "security_admin"):
        client.force_login(somebody(north, code))
        assert client.get(address(name, stranger)).status_code in {403, 404}


def test_the_list_shows_ones_own_people_with_their_roles(client, north):
    holder(north, "inspector")
    stranger = user(authority("south"), "cai", name="Cai of the south")
    client.force_login(somebody(north, "audit_admin"))
    page = client.get(reverse("accounts:users")).content.decode()
    assert "inspector holder" in page
    assert "Inspector" in page
    assert stranger.name not in page


def test_the_list_is_searched_and_filtered(client, north):
    user(north, "li.wei", name="李伟")
    gone = user(north, "wang.fang", name="王芳")
    operations.leave(gone, actor=system(north), now=clock.now())
    client.force_login(somebody(north, "audit_admin"))
    found = client.get(reverse("accounts:users"), {"q": "李伟"}).content.decode()
    assert "li.wei" in found
    assert "wang.fang" not in found
    left = client.get(reverse("accounts:users"), {"state": "left"}).content.decode()
    assert "wang.fang" in left
    assert "li.wei" not in left


def test_a_persons_page_shows_present_and_past_apart(client, north):
    person = holder(north, "inspector")
    with acting_for(north.id):
        held = Membership.objects.get(user=person)
    operations.revoke_role(held, actor=system(north), now=NOW)
    grant(person, "area_leader")
    firm = enterprise("第一制衣")
    operations.assign(person, kind=LEADER, subject=firm, starts_on=NOW.date(), actor=system(north), now=NOW)
    client.force_login(somebody(north, "audit_admin"))
    response = client.get(reverse("accounts:user", args=[person.id]))
    assert [each.role.code for each in response.context["roles"]] == ["area_leader"]
    assert [each.role.code for each in response.context["past_roles"]] == ["inspector"]
    assert "第一制衣" in response.content.decode()


@pytest.mark.parametrize(
    ("code", "buttons"),
    [
        ("system_admin", {"correct", "leave"}),
        ("security_admin", {"reset", "grant", "revoke", "clear_factors"}),
        ("audit_admin", set()),
    ],
)
def test_a_persons_page_offers_what_the_reader_may_do(client, north, code, buttons):
    person = holder(north, "inspector")
    client.force_login(somebody(north, code))
    page = client.get(reverse("accounts:user", args=[person.id])).content.decode()
    offered = {
        name
        for name in ("correct", "leave", "reset", "grant", "revoke", "clear_factors")
        if address(name, person) in page
    }
    assert offered == buttons


def test_an_administrators_own_page_offers_nothing_that_is_refused(client, north):
    admin = somebody(north, "security_admin")
    client.force_login(admin)
    page = client.get(reverse("accounts:user", args=[admin.id])).content.decode()
    assert address("reset", admin) not in page
    assert client.post(address("reset", admin), {"note": "x"}).status_code == 403


def test_a_user_is_added_invited_and_given_a_role_by_two_persons(client, north):
    client.force_login(somebody(north, "system_admin"))
    answer = client.post(
        reverse("accounts:new"), {"username": "Li.Wei", "name": "李伟", "phone": "13800138000"}
    )
    with acting_for(north.id):
        made = User.objects.get(username="li.wei")
        assert made.phone == "13800138000"
    assert answer.headers["Location"] == reverse("accounts:user", args=[made.id])
    client.force_login(somebody(north, "security_admin"))
    page = client.post(address("invite", made))
    assert page.status_code == 200
    assert page.context["issued"].code in page.content.decode()
    assert "http://testserver/welcome/?user=li.wei" in page.content.decode()
    client.post(address("grant", made), {"role": "inspector", "area": "", "subject": ""})
    with acting_for(north.id):
        assert Membership.objects.get(user=made).role.code == "inspector"


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_where(client, north):
    user(north, "li.wei")
    client.force_login(somebody(north, "system_admin"))
    response = client.post(reverse("accounts:new"), {"username": "li.wei", "name": "李伟", "phone": ""})
    assert response.status_code == 422
    assert "username" in response.context["form"].errors
    assert 'value="李伟"' in response.content.decode()


def test_the_code_is_shown_once_and_the_same_form_makes_no_second(client, north):
    person = user(north, password=None)
    client.force_login(somebody(north, "security_admin"))
    once = {"_once": str(new_id())}
    code = client.post(address("invite", person), once).context["issued"].code
    again = client.post(address("invite", person), once)
    assert again.status_code == 302
    assert code not in client.get(again.headers["Location"]).content.decode()


@pytest.mark.parametrize("name", ["reset", "leave", "clear_factors", "revoke"])
def test_what_takes_away_needs_a_reason(client, north, name):
    person = holder(north, "inspector")
    client.force_login(somebody(north, "system_admin" if name == "leave" else "security_admin"))
    response = client.post(address(name, person), {"note": ""})
    assert response.status_code == 422
    assert "note" in response.context["form"].errors
    with acting_for(north.id):
        assert User.objects.get(pk=person.pk).is_active
        assert Membership.objects.get(user=person).ends_at is None


def test_a_role_is_revoked_and_a_leaving_recorded_and_taken_back(client, north):
    person = holder(north, "inspector")
    client.force_login(somebody(north, "security_admin"))
    client.post(address("revoke", person), {"note": "finished"})
    with acting_for(north.id):
        assert Membership.objects.get(user=person).ends_at is not None
    client.force_login(somebody(north, "system_admin"))
    client.post(address("leave", person), {"note": "moved"})
    assert "Left on" in client.get(reverse("accounts:user", args=[person.id])).content.decode()
    client.post(address("return", person))
    with acting_for(north.id):
        assert User.objects.get(pk=person.pk).is_active


def test_a_grant_that_is_refused_says_why_on_the_form(client, north):
    person = holder(north, "inspector")
    client.force_login(somebody(north, "security_admin"))
    for entered, field in [
        ({"role": "audit_admin"}, "role"),
        ({"role": "reviewer_park"}, "__all__"),
        ({"role": "enterprise_contact", "subject": "no such code"}, "subject"),
        ({"role": ""}, "role"),
        ({"role": "king"}, "role"),
        ({"role": "reviewer_park", "area": str(new_id())}, "area"),
    ]:
        response = client.post(address("grant", person), entered)
        assert (response.status_code, set(response.context["form"].errors)) == (422, {field}), entered


def test_the_matrix_of_roles_shows_every_role_and_every_permission(client, north):
    client.force_login(somebody(north, "audit_admin"))
    response = client.get(reverse("accounts:roles"))
    roles = response.context["roles"]
    lines = {line.permission: line.allowed for group in response.context["groups"] for line in group}
    for number, role in enumerate(roles):
        assert {name for name, allowed in lines.items() if allowed[number]} == set(
            ROLES[role.code]["permissions"]
        )


def test_a_role_is_changed_on_its_page_and_refused_there(client, north):
    client.force_login(somebody(north, "security_admin"))
    edit = reverse("accounts:role_edit", args=["inspector"])
    refused = client.post(edit, {"permissions": ["audit.see", "users.grant"]})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"permissions"})
    client.post(edit, {"permissions": ["reports.see"]})
    with acting_for(north.id):
        assert Role.objects.get(code="inspector").permissions == ["reports.see"]


def test_a_locked_person_is_shown_so_and_unlocked_with_a_button(client, north, settings):
    settings.FUGONG_SIGN_IN_TRIES = 1
    person = user(north, "li.wei")
    for _ in range(2):
        client.post(reverse("account_login"), {"login": "li.wei", "password": "wrong"})
    client.force_login(somebody(north, "security_admin"))
    assert (
        "locked after too many tries"
        in client.get(reverse("accounts:user", args=[person.id])).content.decode()
    )
    client.post(address("unlock", person))
    assert "locked after" not in client.get(reverse("accounts:user", args=[person.id])).content.decode()


def test_a_contact_is_granted_by_the_credit_code_of_the_enterprise(client, north):
    firm = registered(park(north))
    person = user(north)
    client.force_login(somebody(north, "security_admin"))
    answer = client.post(
        address("grant", person), {"role": "enterprise_contact", "subject": firm.credit_code}
    )
    assert answer.status_code == 302
    with acting_for(north.id):
        held = Membership.objects.get(user=person)
    assert (held.subject_kind, held.subject_id, held.subject_label) == ("enterprise", firm.id, firm.name)


def test_an_enterprise_of_another_authority_is_not_under_any_code(client, north):
    firm = registered(park(authority("south")))
    person = user(north)
    client.force_login(somebody(north, "security_admin"))
    answer = client.post(
        address("grant", person), {"role": "enterprise_contact", "subject": firm.credit_code}
    )
    assert set(answer.context["form"].errors) == {"subject"}
