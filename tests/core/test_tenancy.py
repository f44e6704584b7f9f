"""The tenant line, tried with every filter forgotten: PostgreSQL answers, not the code."""

import threading
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import InternalError

from fugong.core import tenancy
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for, current_authority, forget
from fugong.core.web.models import Receipt
from tests.core.making import any_row, found

pytestmark = pytest.mark.django_db


def setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('fugong.authority', true)")
        return str(cursor.fetchone()[0])


def raw(statement: str, *values: UUID) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


@pytest.fixture
def two(db):
    north, south = found("north"), found("south")
    return north, south, any_row(north), any_row(south)


def test_a_forgotten_filter_shows_nothing_of_another_authority(two):
    north, _south, mine, _theirs = two
    with acting_for(north.id):
        assert [row.id for row in Receipt.objects.all()] == [mine.id]
        assert raw("select id from core_receipt") == [(mine.id,)]
        assert raw("select count(*) from core_receipt") == [(1,)]


def test_a_row_of_another_authority_is_not_found_by_its_very_id(two):
    north, south, _mine, theirs = two
    with acting_for(north.id):
        assert not Receipt.objects.filter(pk=theirs.pk).exists()
        assert not Receipt.objects.filter(authority_id=south.id).exists()


def test_a_forgotten_filter_changes_and_removes_nothing_of_another_authority(two):
    north, south, _mine, theirs = two
    with acting_for(north.id):
        assert Receipt.objects.update(path="/stolen/") == 1
        assert raw("delete from core_receipt where id = %s", theirs.id) == [(0,)]
    with acting_for(south.id):
        assert Receipt.objects.get(pk=theirs.pk).path == "/x/"


def test_writing_a_row_for_another_authority_is_refused(two):
    north, south, mine, _theirs = two
    with acting_for(north.id):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Receipt.objects.create(authority=south, key=new_id(), path="/x/")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Receipt.objects.filter(pk=mine.pk).update(authority=south)


def test_without_an_authority_there_are_no_rows_and_none_can_be_written(two):
    assert raw("select count(*) from core_receipt") == [(0,)]
    with acting_for(None):
        assert not Receipt.objects.exists()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Receipt.objects.create(authority=two[0], key=new_id(), path="/x/")


def test_the_application_cannot_take_the_line_away(two):
    for statement in (
        "alter table core_receipt disable row level security",
        "drop policy tenant on core_receipt",
        "set row_security = off; select * from core_receipt",
        "set role fugong_owner",
        "truncate core_receipt",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            raw(statement)


def test_nested_authorities_give_way_to_the_outer_one_again(two):
    north, south, mine, theirs = two
    with acting_for(north.id):
        with acting_for(south.id):
            assert [row.id for row in Receipt.objects.all()] == [theirs.id]
            with acting_for(None):
                assert not Receipt.objects.exists()
            assert current_authority() == south.id
        assert [row.id for row in Receipt.objects.all()] == [mine.id]
        assert current_authority() == north.id
    assert (current_authority(), setting()) == (None, "")


def test_inside_the_same_authority_nothing_is_asked(two, django_assert_num_queries):
    with acting_for(two[0].id), django_assert_num_queries(0), acting_for(two[0].id):
        pass


def test_a_refusal_inside_restores_the_outer_authority(two):
    north, south, mine, _theirs = two
    with acting_for(north.id):
        with pytest.raises(ZeroDivisionError), acting_for(south.id):
            raise ZeroDivisionError
        assert [row.id for row in Receipt.objects.all()] == [mine.id]


def test_a_rollback_inside_restores_the_outer_authority(two):
    north, south, mine, _theirs = two

    def write_there_and_fail():
        with transaction.atomic(), acting_for(south.id):
            any_row(south)
            raise ZeroDivisionError

    with acting_for(north.id):
        with pytest.raises(ZeroDivisionError):
            write_there_and_fail()
        assert (setting(), [row.id for row in Receipt.objects.all()]) == (str(north.id), [mine.id])


def test_an_error_of_the_database_inside_is_the_one_that_is_told(two):
    """A failed transaction takes no more statements: restoring the setting must not hide what went wrong."""
    north, south, mine, theirs = two
    with acting_for(north.id):
        with pytest.raises(IntegrityError), transaction.atomic(), acting_for(south.id):
            raw("insert into core_receipt select * from core_receipt where id = %s", theirs.id)
        assert (setting(), [row.id for row in Receipt.objects.all()]) == (str(north.id), [mine.id])


def test_forgetting_leaves_no_authority_on_the_connection(two):
    tenancy._tell_database(two[0].id)
    assert Receipt.objects.exists()
    forget()
    assert not Receipt.objects.exists()
    assert current_authority() is None


def test_another_thread_begins_without_an_authority(two):
    seen = []
    with acting_for(two[0].id):
        thread = threading.Thread(target=lambda: seen.append(current_authority()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_history_can_be_added_to_and_read_but_not_changed(two):
    north = two[0]
    with acting_for(north.id):
        AuditEntry.objects.create(authority=north, actor_name="Ann", action="x.y", at=north.founded_at)
        for statement in ("update core_auditentry set note = 'x'", "delete from core_auditentry"):
            with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
                raw(statement)
