"""The row itself: written with the writer, sealed where personal, and then never again."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from fugong.core.audit.models import AuditEntry, AuditPending
from fugong.core.audit.personal import Personal, is_sealed, opened_changes
from fugong.core.audit.recording import record
from fugong.core.operation import operation
from fugong.core.sealed import KeyDestroyed, destroy, rotate
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for
from tests.core.audit.conftest import write
from tests.core.making import NOW, actor_of

pytestmark = pytest.mark.django_db

TABLES = ["core_auditentry", "core_auditlink", "core_auditseal"]


def test_entry_says_who_what_to_what_when_and_when_stored(authority):
    before = datetime.now(UTC)
    actor = actor_of(authority.id, name="王伟")
    entry = record(
        authority_id=authority.id,
        actor=actor,
        action="resumption.approve",
        subject=authority,
        changes={"share": Decimal("85.8"), "by": UUID(int=7), "list": [1, {"a": None}]},
        note="条件齐备",
        at=NOW,
    )
    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_name, entry.action) == (actor.user_id, "王伟", "resumption.approve")
    assert (entry.subject_kind, entry.subject_id) == ("areas.authority", str(authority.id))
    assert entry.changes == {"share": "85.8", "by": str(UUID(int=7)), "list": [1, {"a": None}]}
    assert (entry.note, entry.at) == ("条件齐备", NOW)
    assert entry.recorded_at >= before.replace(microsecond=0)


def test_entry_without_subject_names_none(authority):
    (entry,) = write(authority, subject=None)
    assert (entry.subject_kind, entry.subject_id) == ("", "")


def test_value_without_one_form_is_refused(authority):
    with pytest.raises(TypeError):
        write(authority, changes={"when": datetime(2022, 4, 27)})  # noqa: DTZ001


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "change", ["update {} set authority_id = authority_id", "delete from {}", "truncate {}"]
)
def test_application_may_not_change_remove_or_empty(authority, table, change):
    write(authority)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_every_entry_waits_for_the_sealer_however_it_was_written(authority):
    entries = write(authority, count=2)
    entries += AuditEntry.objects.bulk_create(
        [AuditEntry(authority_id=authority.id, actor_name="x", action="y.z", at=NOW) for _ in range(2)]
    )
    assert set(AuditPending.objects.values_list("pk", flat=True)) == {entry.id for entry in entries}


def test_entry_of_a_rolled_back_writer_is_gone(authority):
    with suppress(ZeroDivisionError), operation("a.b", actor=actor_of(authority.id), now=NOW) as op:
        op.audit(authority)
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


def test_other_authority_sees_and_writes_nothing_here(authority, neighbour):
    write(authority)
    with acting_for(neighbour.id):
        assert not AuditEntry.objects.exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            write(authority)
    with acting_for(None):
        assert not AuditEntry.objects.exists()


def test_personal_values_are_ciphertext_in_the_row_at_any_depth(authority):
    changes = {
        "phone": [Personal("13800138000", "contact"), Personal("13900139000", "contact")],
        "who": {"identity": Personal("34040219900101001X", "identity")},
        "state": "approved",
    }
    (entry,) = write(authority, changes=changes)
    entry.refresh_from_db()
    for secret in ("13800138000", "13900139000", "34040219900101001X"):
        assert secret not in str(entry.changes)
    assert is_sealed(entry.changes["who"]["identity"])
    assert entry.changes["who"]["identity"]["class"] == "identity"
    assert opened_changes(entry.changes, authority_id=authority.id) == {
        "phone": ["13800138000", "13900139000"],
        "who": {"identity": "34040219900101001X"},
        "state": "approved",
    }


def test_personal_mark_shows_nothing_of_itself():
    assert "13800138000" not in repr(Personal("13800138000", "contact"))


def test_destroyed_class_of_data_is_gone_from_the_trail(authority):
    (entry,) = write(authority, changes={"phone": Personal("13800138000", "witness")})
    key = DataKey.objects.get(data_class="witness", purpose="seal")
    rotate(authority.id, "witness", now=NOW)
    destroy(key.id, authority_id=authority.id, now=NOW)
    with pytest.raises(KeyDestroyed):
        opened_changes(entry.changes, authority_id=authority.id)


def test_something_that_only_looks_sealed_is_left_as_it_is(authority):
    lookalike = {"sealed": "***", "class": "x"}
    (entry,) = write(authority, changes={"a": lookalike})
    assert opened_changes(entry.changes, authority_id=authority.id) == {"a": lookalike}
