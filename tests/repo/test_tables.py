"""PostgreSQL guards every tenant table, whatever the code forgets."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader

from fugong.core.making import MakeTables
from fugong.core.tenancy import TenantModel

pytestmark = pytest.mark.django_db

# Tables without a tenant, each with its reason. A stale entry fails.
WITHOUT_TENANT = {
    "django_migrations": "which migrations ran; says nothing about anybody",
    "django_content_type": "names of models",
    "django_session": "opaque keys and sealed session data; read by key only",
    "core_cache": "counters of guesses by hashed key",
    "accounts_try_count": "counts of guesses by keyed hash, before anybody is known",
    "auth_group": "Django's own, unused and empty",
    "auth_group_permissions": "Django's own, unused and empty",
    "auth_permission": "names of models",
}


def _guarded() -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, c.relrowsecurity and c.relforcerowsecurity from pg_class c"
            " join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind in ('r', 'p')"
        )
        return dict(cursor.fetchall())


def test_every_table_has_forced_row_level_security_or_a_reason():
    open_tables = {table for table, guarded in _guarded().items() if not guarded}
    # The job queue holds ids only; each job enters its authority before it reads a row.
    unexplained = open_tables - set(WITHOUT_TENANT)
    assert {table for table in unexplained if not table.startswith("procrastinate_")} == set()


def test_no_reason_is_stale():
    tables = _guarded()
    assert {table for table in WITHOUT_TENANT if tables.get(table, True)} == set()


def test_every_tenant_model_has_its_table_guarded():
    tables = _guarded()
    models = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    assert models
    assert [model._meta.db_table for model in models if not tables.get(model._meta.db_table)] == []


def test_the_tests_themselves_are_bound():
    """If this fails, every leak test is worthless: it would run as a role that sees all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == ("fugong_app", False, False)


def test_tables_are_made_at_once_where_nothing_else_is_done():
    """Otherwise an empty database waits three times as long; with anything else it would be done wrongly."""
    ours = [
        migration
        for migration in MigrationLoader(None).disk_migrations.values()
        if migration.__module__.startswith("fugong.")
    ]
    bare = [str(each) for each in ours if {type(one) for one in each.operations} == {CreateModel}]
    assert bare == [str(each) for each in ours if isinstance(each, MakeTables)]
    assert bare
