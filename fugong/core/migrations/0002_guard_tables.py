"""Row-level security on every table of core; the trail and the decisions can be added to and read, no more."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls

KEPT_FOR_EVER = ("core_auditentry", "core_auditlink", "core_auditseal", "core_decisionrecord")
OTHERS = ("core_auditpending", "core_datakey", "core_fact", "core_factreceipt", "core_storedfile")

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


class Migration(migrations.Migration):
    dependencies = [("core", "0001_make_tables")]

    operations = [
        *(enable_rls(table) for table in KEPT_FOR_EVER + OTHERS),
        *(append_only(table) for table in KEPT_FOR_EVER),
        migrations.RunSQL(REFUSE, "drop function core_refuse_change()"),
        *(
            migrations.RunSQL(FREEZE.format(table=table), f"drop trigger {table}_is_kept on {table}")
            for table in KEPT_FOR_EVER
        ),
        migrations.RunSQL(QUEUE, "drop function core_queue_for_sealing()"),
        migrations.RunSQL(QUEUE_EACH, "drop trigger core_auditentry_waits on core_auditentry"),
        migrations.RunSQL(
            "revoke delete, truncate on core_datakey, core_storedfile from fugong_app",
            "grant delete on core_datakey, core_storedfile to fugong_app",
        ),
    ]
