import django.db.models.deletion
from django.db import migrations, models

from fugong.core.tenancy import enable_rls

# In plpgsql, because the row is to be read after the lock has been waited for: each statement of a volatile
# function sees what has been committed by then.
FUNCTIONS = """
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
DROP = """
drop function core_settle_v1(uuid, timestamptz);
drop function core_join_v1(uuid);
drop function core_wait_v1(uuid);
drop function core_horizon_lock_v1(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("core", "0004_make_receipts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Horizon",
            fields=[
                (
                    "authority",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="areas.authority",
                    ),
                ),
                ("known_at", models.DateTimeField()),
            ],
            options={"db_table": "core_horizon"},
        ),
        enable_rls("core_horizon"),
        migrations.RunSQL(
            sql="revoke delete, truncate on core_horizon from fugong_app",
            reverse_sql="grant delete on core_horizon to fugong_app",
        ),
        migrations.RunSQL(sql=FUNCTIONS, reverse_sql=DROP),
    ]
