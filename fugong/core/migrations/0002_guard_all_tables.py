"""Every table of core is kept apart by authority; and what PostgreSQL itself does for core."""

from django.db import migrations

from fugong.core.tenancy import append_only, change_only, enable_rls, never_removed

# The trail and the decisions: nobody changes them, not even the owner.
KEPT_FOR_EVER = ("core_auditentry", "core_auditlink", "core_auditseal", "core_decisionrecord")
APPEND_ONLY = (
    *KEPT_FOR_EVER,
    "core_storedfile",
    "core_retentionterm",
    "core_emergencyend",
    "core_destructionplan",
    "core_destructionapproval",
    "core_destructionstart",
    "core_destructionbatch",
    "core_destructioncertificate",
    "core_listdownload",
)
NEVER_REMOVED = ("core_datakey", "core_horizon", "core_listexport")
OTHERS = ("core_auditpending", "core_fact", "core_factreceipt", "core_receipt")

# Which migrations ran, names of models and of permissions nobody uses: only migrations write them.
OWNERS = "django_migrations, django_content_type, auth_permission, auth_group, auth_group_permissions"

REFUSE = """
create function core_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed or removed', tg_table_name
        using errcode = 'insufficient_privilege';
end $$
"""

# By statement, so that a change that meets no row is refused too, and truncation as well.
FREEZE = """
create trigger {table}_is_kept before update or delete or truncate on {table}
    for each statement execute function core_refuse_change()
"""

# The sealer learns of an entry from here, whoever wrote it and however.
QUEUE = """
create function core_queue_for_sealing() returns trigger language plpgsql as $$
begin
    insert into core_auditpending (entry_id, authority_id) values (new.id, new.authority_id)
        on conflict do nothing;
    return null;
end $$
"""
QUEUE_EACH = """
create trigger core_auditentry_waits after insert on core_auditentry
    for each row execute function core_queue_for_sealing()
"""

# In plpgsql, because the row is to be read after the lock has been waited for: each statement of a volatile
# function sees what has been committed by then.
SETTLE = """
create function core_horizon_lock_v1(whose uuid) returns bigint language sql immutable as
    $$ select hashtextextended('fugong.horizon.' || whose::text, 0) $$;

create function core_wait_v1(whose uuid) returns timestamptz language plpgsql as $$
begin
    perform pg_advisory_lock_shared(core_horizon_lock_v1(whose));
    perform pg_advisory_unlock_shared(core_horizon_lock_v1(whose));
    return null;
end $$;

create function core_join_v1(whose uuid) returns timestamptz language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(core_horizon_lock_v1(whose));
    return (select known_at from core_horizon where authority_id = whose);
end $$;

create function core_settle_v1(whose uuid, moment timestamptz) returns timestamptz language plpgsql
set lock_timeout = '5s' as $$
declare
    settled timestamptz;
begin
    perform pg_advisory_xact_lock(core_horizon_lock_v1(whose));
    select known_at into settled from core_horizon where authority_id = whose;
    insert into core_horizon (authority_id, known_at) values (whose, moment)
        on conflict (authority_id) do update set known_at = greatest(core_horizon.known_at, excluded.known_at);
    return settled;
end $$;
"""
SETTLE_NO_MORE = """
drop function core_settle_v1(uuid, timestamptz);
drop function core_join_v1(uuid);
drop function core_wait_v1(uuid);
drop function core_horizon_lock_v1(uuid);
"""

# The table of Django's cache (counters of guesses, by hashed key): the application may not make tables.
CACHE = [
    """
    create table core_cache (
        cache_key varchar(255) primary key, value text not null, expires timestamp with time zone not null
    )
    """,
    "create index core_cache_expires on core_cache (expires)",
]


def freeze(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(FREEZE.format(table=table), f"drop trigger {table}_is_kept on {table}")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_make_all_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    replaces = [("core", "0001_make_tables")]

    operations = [
        *map(enable_rls, APPEND_ONLY + NEVER_REMOVED + OTHERS),
        *map(append_only, APPEND_ONLY),
        *map(never_removed, NEVER_REMOVED),
        # Of a list taken out only the content may be emptied.
        change_only("core_listexport", "content"),
        migrations.RunSQL(
            sql=f"revoke insert, update, delete on {OWNERS} from fugong_app",
            reverse_sql=f"grant insert, update, delete on {OWNERS} to fugong_app",
        ),
        migrations.RunSQL(REFUSE, "drop function core_refuse_change()"),
        *map(freeze, KEPT_FOR_EVER),
        migrations.RunSQL(QUEUE, "drop function core_queue_for_sealing()"),
        migrations.RunSQL(QUEUE_EACH, "drop trigger core_auditentry_waits on core_auditentry"),
        migrations.RunSQL(SETTLE, SETTLE_NO_MORE),
        migrations.RunSQL(CACHE, "drop table core_cache"),
    ]
