"""The one way to write: all of it or nothing, and never without saying so."""

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.operation import NoAuditRow, operation
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for, current_authority
from fugong.core.web.models import Receipt
from tests.core.making import NOW, actor_of, any_row, found

pytestmark = pytest.mark.django_db


def kept():
    return Receipt.objects.count(), AuditEntry.objects.count(), Fact.objects.count()


def test_what_was_written_stands_with_its_audit_row_and_its_facts(authority, ann):
    with operation("tests.write", actor=ann, now=NOW) as op:
        row = any_row(authority)
        op.audit(row, {"path": "/x/"}, note="why")
        op.fact("tests.Written", {"row": row.id})
    entry, fact = AuditEntry.objects.get(), Fact.objects.get()
    assert (entry.action, entry.actor_name, entry.at, entry.note) == ("tests.write", "Ann", NOW, "why")
    assert (entry.subject_kind, entry.subject_id) == ("core.receipt", str(row.id))
    assert entry.changes == {"path": "/x/"}
    assert (fact.name, fact.payload, fact.at) == ("tests.Written", {"row": str(row.id)}, NOW)


def test_an_operation_without_an_audit_row_raises_and_keeps_nothing(authority, ann):
    def write_silently():
        with operation("tests.write", actor=ann, now=NOW) as op:
            any_row(authority)
            op.fact("tests.Written", {})

    with pytest.raises(NoAuditRow, match=r"tests\.write"):
        write_silently()
    assert kept() == (0, 0, 0)


@pytest.mark.parametrize("error", [Conflict("no"), ZeroDivisionError()])
def test_what_is_refused_or_breaks_keeps_nothing(authority, ann, error):
    def write_and_fail():
        with operation("tests.write", actor=ann, now=NOW) as op:
            op.audit(any_row(authority))
            op.fact("tests.Written", {})
            raise error

    with pytest.raises(type(error)):
        write_and_fail()
    assert kept() == (0, 0, 0)


def test_an_operation_inside_another_goes_with_it(authority, ann):
    def fail_after_an_inner_one():
        with operation("tests.outer", actor=ann, now=NOW) as outer:
            outer.audit(None)
            with operation("tests.inner", actor=ann, now=NOW) as inner:
                inner.audit(any_row(authority))
            assert kept()[0] == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_an_inner_one()
    assert kept() == (0, 0, 0)


def test_a_refused_operation_inside_another_can_be_passed_over(authority, ann):
    def refuse():
        with operation("tests.inner", actor=ann, now=NOW) as inner:
            inner.audit(any_row(authority))
            raise Conflict("no")

    with operation("tests.outer", actor=ann, now=NOW) as outer:
        outer.audit(None)
        with pytest.raises(Conflict):
            refuse()
    assert kept() == (0, 1, 0)


def test_an_operation_acts_for_the_authority_of_its_actor_and_no_other(authority, neighbour):
    stranger = actor_of(neighbour.id)
    with operation("tests.write", actor=stranger, now=NOW) as op:
        assert current_authority() == neighbour.id
        op.audit(any_row(neighbour))
    assert current_authority() == authority.id
    assert kept() == (0, 0, 0)
    with acting_for(neighbour.id):
        assert kept() == (1, 1, 0)


def test_an_operation_needs_no_authority_to_be_entered_first(db):
    north = found("north")
    with operation("tests.write", actor=actor_of(north.id), now=NOW) as op:
        op.audit(any_row(north))
    assert current_authority() is None
