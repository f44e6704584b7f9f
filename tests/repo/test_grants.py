"""What the application may do with a table, asked of PostgreSQL itself, as the application."""

import pytest
from django.db import ProgrammingError, connection, transaction

pytestmark = pytest.mark.django_db

# The record itself: rows say what happened. A new one is added here, and an entry that is none fails.
ADDED_ONLY = {
    "census_call",
    "command_bulletin",
    "command_bulletinfigure",
    "command_publication",
    "core_auditentry",
    "core_auditlink",
    "core_auditseal",
    "core_decisionrecord",
    "core_destructionapproval",
    "core_destructionbatch",
    "core_destructioncertificate",
    "core_destructionplan",
    "core_destructionstart",
    "core_emergencyend",
    "core_listdownload",
    "core_retentionterm",
    "core_storedfile",
    "enterprises_registerevent",
    "enterprises_standingevent",
    "health_healthreport",
    "health_incidentevent",
    "health_kioskcall",
    "health_qualitysign",
    "passage_scan",
    "people_twopeople",
    "people_stay",
    "people_workevent",
    "resumption_application_event",
    "resumption_certificate_event",
    "resumption_certificate_key",
    "resumption_letter",
    "resumption_production_report",
    "resumption_remark",
    "resumption_verification",
    "resumption_verification_item",
    "support_difficultyevent",
}
# Their rows move on, but what they say does not: the columns that may be written.
ONLY = {
    "core_listexport": {"content"},
    # Sealed words, which another key may seal anew.
    "passage_crossing": {"travellers"},
    "people_historyentry": {"detail"},
    "playbooks_playbookversion": {"ends_on"},
    "resumption_certificate": {"state", "state_at"},
    "resumption_condition": {
        *("fulfilled_at", "fulfilled_by_id", "fulfilled_by_name", "fulfilled_note"),
        *("done_at", "done_by_id", "done_by_name", "done_note", "sent_back_note"),
    },
    "resumption_evidence": {"removed_at"},
}
# Parts of a table, reached through the whole and never by themselves.
PARTS = {"passage_scan_other"}
# Runs with the owner's rights: what it may do, and why the application may ask for it.
WITH_OTHER_RIGHTS = {"passage_make_days": "makes the tables of the coming days, which hold nothing yet"}
# Written by migrations only.
THE_OWNERS = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}
# Rows of these may go: what was on its way, what is rebuilt, what Django keeps for itself.
MAY_LOSE_ROWS = {
    "account_emailaddress": "no policy shows a row of it: Fugong sends no mail",
    "account_emailconfirmation": "no policy shows a row of it",
    "accounts_try_count": "counts of guesses, swept when they are old",
    "core_auditpending": "the sealer's queue; an entry taken from it unsealed is found by the check",
    "core_cache": "Django's cache",
    "core_fact": "told facts may be swept",
    "core_factreceipt": "go with their fact",
    "core_receipt": "receipts of forms, kept for a day",
    "django_session": "sessions end",
    "enterprises_importbatch": "lists handed in",
    "enterprises_importrow": "rows of lists that nobody confirmed",
    "enterprises_namegram": "an index, written anew with the name",
    "mfa_authenticator": "second factors are taken off",
    "passage_tally": "counts on their way to their hours",
    "people_importbatch": "lists of staff handed in",
    "people_importrow": "rows of lists that nobody confirmed",
    "people_persongram": "an index, written anew with the name",
}


def asked(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def tables() -> list[str]:
    """Without the queue's, which are another project's."""
    rows = asked(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        " order by relname"
    )
    return [str(name) for (name,) in rows if not str(name).startswith("procrastinate_")]


def is_refused(statement: str) -> bool:
    """By the grants or by a trigger, before any row is looked at: no row has to be there for it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return getattr(error.__cause__, "sqlstate", "") == "42501"
    return False


def column_of(table: str) -> str:
    rows = asked(f"select attname from pg_attribute where attrelid = '{table}'::regclass and attnum = 1")
    return str(rows[0][0])


def test_no_row_of_the_record_can_be_changed_or_removed_by_the_application():
    possible = [
        statement
        for table in sorted(ADDED_ONLY)
        for statement in (
            f"update {table} set {column_of(table)} = {column_of(table)}",
            f"delete from {table}",
            f"truncate {table}",
            f"truncate {table} cascade",
        )
        if not is_refused(statement)
    ]
    assert possible == []


def test_the_record_can_be_added_to():
    """A table that nobody can write either would pass the test above for the wrong reason."""
    rows = asked(
        "select relname from pg_class where has_table_privilege(oid, 'insert') and relkind in ('r', 'p')"
    )
    assert {str(name) for (name,) in rows} >= ADDED_ONLY


def test_every_table_that_cannot_be_updated_is_listed():
    closed = {
        table
        for table in tables()
        if is_refused(f"update {table} set {column_of(table)} = {column_of(table)} where false")
    }
    assert closed - set(ONLY) == ADDED_ONLY | THE_OWNERS | PARTS


@pytest.mark.parametrize(("table", "columns"), ONLY.items())
def test_only_these_columns_can_be_written(table, columns):
    rows = asked(
        f"select attname from pg_attribute where attrelid = '{table}'::regclass and attnum > 0"
        " and has_column_privilege(attrelid, attnum, 'update')"
    )
    assert {str(name) for (name,) in rows} == columns


@pytest.mark.parametrize("table", sorted(THE_OWNERS))
def test_what_migrations_write_the_application_reads(table):
    assert is_refused(f"insert into {table} select * from {table} where false")
    assert not is_refused(f"select * from {table}")


def test_rows_can_be_deleted_only_where_it_is_meant():
    deletable = {table for table in tables() if not is_refused(f"delete from {table} where false")}
    assert deletable == set(MAY_LOSE_ROWS)


def test_no_table_can_be_emptied_or_rebuilt():
    possible = [
        statement
        for table in tables()
        for statement in (
            f"truncate {table}",
            f"alter table {table} disable row level security",
            f"alter table {table} disable trigger all",
            f"drop table {table} cascade",
            f"create policy open on {table} using (true)",
        )
        if not is_refused(statement)
    ]
    assert possible == []


@pytest.mark.parametrize(
    "statement",
    [
        "set role fugong_owner",
        "set session authorization fugong_owner",
        "create table public.mine (id int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "alter role fugong_app bypassrls",
    ],
)
def test_the_application_cannot_raise_itself(statement):
    assert is_refused(statement)


def test_no_function_runs_with_other_rights_than_its_callers():
    """One that is SECURITY DEFINER would pass row-level security, and by its search_path perhaps worse."""
    rows = asked(
        "select proname from pg_proc where prosecdef"
        " and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
    )
    assert {name for (name,) in rows} == set(WITH_OTHER_RIGHTS)


def test_nothing_is_granted_to_everybody():
    """New roles on a site's server must not find the tables open."""
    rows = asked(
        "select relname from pg_class c, aclexplode(c.relacl) a"
        " where a.grantee = 0 and c.relnamespace = 'public'::regnamespace"
    )
    assert rows == []


def test_every_policy_binds_writing_as_well_as_reading():
    """A policy that only reads may show more (names of authorities); every other checks what is written."""
    rows = asked(
        "select tablename, policyname from pg_policies where schemaname = 'public'"
        " and cmd <> 'SELECT' and (qual is null or with_check is null)"
    )
    assert rows == []
