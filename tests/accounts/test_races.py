"""Two at once: real threads, real commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from fugong.accounts import operations
from fugong.accounts.models import AccessCode
from fugong.accounts.operations import Knock, TooManyTries
from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for

from .making import NOW, acting, authority, grant, system, user

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed_db")]


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What each deed, started at the same moment in a thread of its own, was refused with ("" when it was
    done)."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        gate.wait()
        try:
            deed()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def test_two_roles_kept_apart_granted_at_once_are_never_both_held():
    north = authority()
    person = user(north)
    refused = at_once(lambda: grant(person, "audit_admin"), lambda: grant(person, "security_admin"))
    assert refused == ["", "exclusive_role"]
    assert len(acting(person).roles) == 1


def test_the_same_role_granted_twice_at_once_is_held_once():
    north = authority()
    person = user(north)
    assert at_once(lambda: grant(person, "inspector"), lambda: grant(person, "inspector")) == [
        "",
        "held_already",
    ]


def test_a_grant_and_a_leaving_at_once_leave_no_role_with_a_leaver():
    north = authority()
    person = user(north)
    at_once(
        lambda: grant(person, "inspector"), lambda: operations.leave(person, actor=system(north), now=NOW)
    )
    assert acting(person).roles == frozenset()


def test_tries_at_the_same_moment_do_not_slip_past_the_lock(settings):
    settings.FUGONG_SIGN_IN_TRIES = 3
    authority()

    def knock() -> None:
        operations.count_try(Knock("ann", "10.0.0.1"), now=NOW)

    assert at_once(*[knock] * 8) == ["", "", "", *[TooManyTries("", code="too_many_tries").code] * 5]


def test_a_code_used_twice_at_once_sets_one_password():
    north = authority()
    person = user(north, password=None)
    code = operations.invite(person, actor=system(north), now=NOW).code

    def redeem(password: str) -> Callable[[], object]:
        knock = Knock(person.username, "10.0.0.1")
        return lambda: operations.redeem(knock, code=code, password=password, now=NOW)

    assert at_once(redeem("autumn-rice-85"), redeem("winter-beans-12")) == ["", "wrong_code"]
    with acting_for(north.id):
        assert AccessCode.objects.get(user=person).used_at == NOW
