from uuid import uuid4

import pytest
from django.utils.translation import gettext_lazy as _

from fugong.duties.choices import (
    DutyOwner,
    Side,
    UnknownKind,
    check_kind,
    kind_label,
    owed_by_enterprise,
    owed_by_holders,
    owed_by_user,
    register_duty_kinds,
)


def test_owner_when_nobody_or_two_then_refused():
    with pytest.raises(ValueError, match="exactly one owner"):
        DutyOwner()
    with pytest.raises(ValueError, match="exactly one owner"):
        DutyOwner(user_id=uuid4(), permission="tests.do")
    with pytest.raises(ValueError, match="exactly one owner"):
        DutyOwner(user_id=uuid4(), enterprise_id=uuid4())


def test_owner_when_an_enterprise_then_its_clock_runs():
    assert owed_by_enterprise(uuid4()).side is Side.ENTERPRISE
    assert owed_by_user(uuid4()).side is Side.AUTHORITY
    assert owed_by_holders("tests.do").side is Side.AUTHORITY


def test_kind_when_registered_twice_alike_then_kept_and_otherwise_refused():
    register_duty_kinds({"tests.kind": _("Do it")})
    register_duty_kinds({"tests.kind": _("Do it")})
    with pytest.raises(ValueError, match="registered twice"):
        register_duty_kinds({"tests.kind": _("Do something else")})
    assert str(kind_label("tests.kind")) == "Do it"


def test_kind_when_never_registered_then_named_but_not_owed():
    assert kind_label("tests.gone") == "tests.gone"
    with pytest.raises(UnknownKind):
        check_kind("tests.gone")
