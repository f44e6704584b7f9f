"""The outbox's rows."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from fugong.core import facts
from fugong.core.facts.models import Fact
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from tests.core.making import NOW, actor_of

pytestmark = pytest.mark.django_db


def test_fact_keeps_plain_values_and_is_due_at_once(authority):
    payload = {"application": UUID(int=5), "at": NOW, "outcome": "approved"}
    fact = facts.record(authority_id=authority.id, name="resumption.Approved", payload=payload, at=NOW)
    fact.refresh_from_db()
    assert fact.payload == {
        "application": str(UUID(int=5)),
        "at": "2022-04-27T10:00:00.000000+00:00",
        "outcome": "approved",
    }
    assert (fact.at, fact.due_at, fact.attempts, fact.delivered_at) == (NOW, NOW, 0, None)
    assert facts.count_waiting() == 1


def test_fact_of_a_rolled_back_operation_is_never_told(authority):
    with suppress(ZeroDivisionError), operation("a.b", actor=actor_of(authority.id), now=NOW) as op:
        op.audit(authority)
        op.fact("a.Happened", {})
        raise ZeroDivisionError
    assert not Fact.objects.exists()


def test_fact_of_an_operation_stands_beside_its_audit_row(authority):
    with operation("a.b", actor=actor_of(authority.id), now=NOW) as op:
        op.audit(authority)
        op.fact("a.Happened", {"n": 1})
    assert Fact.objects.get().payload == {"n": 1}


def test_payload_without_one_form_is_refused(authority):
    with pytest.raises(TypeError):
        facts.record(authority_id=authority.id, name="a.B", payload={"x": object()}, at=NOW)


def test_neighbour_sees_no_facts_of_this_authority(authority, neighbour):
    facts.record(authority_id=authority.id, name="a.B", payload={}, at=NOW)
    with acting_for(neighbour.id):
        assert facts.count_waiting() == 0
        assert facts.list_dead() == []


def test_fact_is_not_both_delivered_and_dead(authority):
    fact = facts.record(authority_id=authority.id, name="a.B", payload={}, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.filter(id=fact.id).update(delivered_at=NOW, dead_at=NOW)


def test_only_a_dead_fact_is_revived(authority):
    fact = facts.record(authority_id=authority.id, name="a.B", payload={}, at=NOW)
    assert not facts.revive(fact.id, now=NOW)
    Fact.objects.filter(id=fact.id).update(dead_at=NOW, attempts=6)
    later = NOW + timedelta(days=1)
    assert facts.revive(fact.id, now=later)
    fact.refresh_from_db()
    assert (fact.dead_at, fact.attempts, fact.due_at) == (None, 0, later)
