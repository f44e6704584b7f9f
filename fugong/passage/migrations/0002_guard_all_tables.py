"""Passage is kept apart by authority; the scans, a partition for each local day; and what gates are told."""

from django.db import migrations

from fugong.core.tenancy import append_only, change_only, enable_rls, never_removed

SCANS = """
create table passage_scan (
    authority_id uuid not null,
    gate int4 not null,
    at timestamptz not null,
    nonce int8 not null,
    received_at timestamptz not null,
    device uuid not null,
    subject uuid,
    subject_kind int2 not null,
    way int2 not null,
    direction int2 not null,
    answer int2 not null,
    reason int2 not null,
    flags int2 not null,
    temperature int2
) partition by range (at)
"""
# With the gate and the moment first of all, the unique index is the venue's own as well.
ONCE = "create unique index passage_scan_once on passage_scan (authority_id, gate, at, nonce)"
# By whom it is about without the authority, which that says already: a third less to write.
OF_SUBJECT = "create index passage_scan_of_subject on passage_scan (subject, at) where subject is not null"

# A table for what no day was made for, so that a wrong clock or a late job stops no scan.
OTHERS = [
    "create table passage_scan_other partition of passage_scan default",
    "revoke all on passage_scan_other from fugong_app",
    "alter table passage_scan_other enable row level security",
    "alter table passage_scan_other force row level security",
    "create policy keeper on passage_scan_other to fugong_owner using (true) with check (true)",
]
# Attached and not created as a partition: that would lock all scans out for as long as anybody reads.
MAKE_DAYS = """
create function passage_make_days(first date, last date) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    day date;
    name text;
    made int := 0;
    starts timestamptz;
    ends timestamptz;
begin
    if last - first > 60 then
        raise exception 'too many days at once';
    end if;
    perform pg_advisory_xact_lock(hashtext('passage_make_days'));
    for day in select generate_series(first, last, interval '1 day')::date loop
        name := 'passage_scan_' || to_char(day, 'YYYYMMDD');
        continue when to_regclass(name) is not null;
        starts := (day::text || ' 00:00+08')::timestamptz;
        ends := ((day + 1)::text || ' 00:00+08')::timestamptz;
        execute format('create table %I (like passage_scan including all)', name);
        execute format('revoke all on %I from fugong_app', name);
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy keeper on %I to fugong_owner using (true) with check (true)', name);
        execute format(
            'with moved as (delete from passage_scan_other where at >= %L and at < %L returning *)'
            ' insert into %I select * from moved', starts, ends, name);
        execute format(
            'alter table passage_scan attach partition %I for values from (%L) to (%L)', name, starts, ends);
        made := made + 1;
    end loop;
    return made;
end $$
"""
# What changed is told in the transaction that changed it; a gate knows it when that is committed.
TELL = """
create function passage_tell() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
    told record;
    changed_only text := '';
begin
    if tg_op = 'UPDATE' then
        changed_only := format(
            ' join was on was.id = changed.id where row(%s) is distinct from row(%s)',
            regexp_replace(tg_argv[2], '(\\w+)', 'changed.\\1', 'g'),
            regexp_replace(tg_argv[2], '(\\w+)', 'was.\\1', 'g'));
    end if;
    for told in execute format(
        'select authority_id, string_agg(id::text, '','') as ids from ('
        ' select changed.authority_id, changed.%I as id, row_number() over () / 180 as part from changed%s) all_'
        ' where id is not null group by authority_id, part', tg_argv[1], changed_only)
    loop
        perform pg_notify('fugong_gate', told.authority_id || ':' || tg_argv[0] || ':' || told.ids);
    end loop;
    return null;
end $$
"""
# Of each table: what its rows are about, the column that says whom or what, the columns that matter to a gate.
TOLD = {
    "clearance_clearance": ("person", "person_id", "level, until, lapses_to"),
    "people_person": ("person", "id", "enterprise_id, name, merged_into_id"),
    "people_employment": ("person", "person_id", "shift, ends_on"),
    "passage_shifthours": ("hours", "enterprise_id", "starts, ends"),
    "passage_gate": ("gate", "id", "name, kind_of_rules, directions, zone_id, enterprise_id, closed_at"),
    "passage_gatedevice": ("device", "id", "gates, token_hash, ended_at"),
    "passage_codekey": ("key", "id", "retired_at"),
    "passage_phonecode": ("phone", "id", "revoked_at"),
    "passage_card": ("card", "id", "revoked_at"),
    "passage_visit": ("visit", "id", "starts_at, ends_at, cancelled_at, name, person_id"),
    "passage_vehiclepass": ("pass", "id", "starts_at, ends_at, cancelled_at, plate"),
    "playbooks_playbookversion": ("rules", "id", "ends_on"),
}
# Thousands of rows of these are written in one statement.
WRITTEN_MUCH = ("passage_scan", "passage_count", "passage_tally")
NEVER_REMOVED = (
    "passage_zone",
    "passage_gate",
    "passage_placenumber",
    "passage_shifthours",
    "passage_gatedevice",
    "passage_codekey",
    "passage_phonecode",
    "passage_card",
    "passage_visit",
    "passage_vehiclepass",
    "passage_venuecheck",
    "passage_passagesign",
)
APPEND_ONLY = ("passage_scan", "passage_crossing")


def telling(table: str, kind: str, column: str, columns: str) -> migrations.RunSQL:
    arguments = f"execute function passage_tell('{kind}', '{column}', '{columns}')"
    return migrations.RunSQL(
        sql=[
            f"create trigger passage_tell_added after insert on {table}"
            f" referencing new table as changed for each statement {arguments}",
            f"create trigger passage_tell_changed after update on {table}"
            f" referencing old table as was new table as changed for each statement {arguments}",
        ],
        reverse_sql=[
            f"drop trigger passage_tell_added on {table}",
            f"drop trigger passage_tell_changed on {table}",
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("passage", "0001_make_all_tables"),
        ("clearance", "0001_make_all_tables"),
        ("people", "0001_make_all_tables"),
        ("playbooks", "0001_make_all_tables"),
    ]
    replaces = [("passage", "0001_make_tables")]

    operations = [
        migrations.RunSQL([SCANS, ONCE, OF_SUBJECT, *OTHERS], "drop table passage_scan"),
        *(enable_rls(table, once=True) for table in WRITTEN_MUCH),
        *map(enable_rls, (*NEVER_REMOVED, "passage_crossing")),
        *map(append_only, APPEND_ONLY),
        *map(never_removed, (*NEVER_REMOVED, "passage_count")),
        # A crossing never changes; its travellers may be sealed anew under another key.
        change_only("passage_crossing", "travellers"),
        migrations.RunSQL(
            [
                MAKE_DAYS,
                "revoke all on function passage_make_days from public",
                "grant execute on function passage_make_days to fugong_app",
            ],
            "drop function passage_make_days",
        ),
        migrations.RunSQL(TELL, "drop function passage_tell"),
        *(telling(table, *about) for table, about in TOLD.items()),
    ]
