"""Carrying a list out: only with all the list needs, and never without a record."""

import pytest

from fugong.core import exporting
from fugong.core.actor import system_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import NotPermitted
from tests.core.making import NOW, actor_of

pytestmark = pytest.mark.django_db
NEEDS = (exporting.MAKE, "lists.see")


def test_what_is_taken_is_kept_with_its_reason_and_marked(authority):
    actor = actor_of(authority.id, *NEEDS)
    mark = exporting.record_export({"table": "kinds"}, reason="weekly", actor=actor, now=NOW, needs=NEEDS)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.note) == ("exports.make", actor.user_id, "weekly")
    assert entry.changes == {"table": "kinds"}
    assert all(said in mark for said in ("Ann", "2022-04-27 18:00", "weekly"))


@pytest.mark.parametrize("held", [(), NEEDS[:1], NEEDS[1:]])
def test_without_all_that_it_needs_nothing_is_taken(authority, held):
    actor = actor_of(authority.id, *held)
    assert not exporting.may_export(actor, NEEDS)
    with pytest.raises(NotPermitted):
        exporting.record_export({}, reason="x", actor=actor, now=NOW, needs=NEEDS)
    assert not AuditEntry.objects.exists()


def test_the_machine_itself_may(authority):
    assert exporting.may_export(system_actor(authority.id, "command line"))
