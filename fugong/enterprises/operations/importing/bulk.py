"""The statements that take a judged list over: each works on all its rows at once.

They read `enterprises_importrow.data`, which `staging` has checked by the same rules as a single entry.
"""

from __future__ import annotations

from typing import Final

_SAID: Final = """
    cross join lateral jsonb_to_record(line.data) as said
         (name text, name_key text, name_pinyin text, name_initials text, kind text, size_class text,
          industry text, area_id uuid, address text, contact_name text, normal_staff int,
          normal_capacity text, tags text[], entered_on date, provenance text, register_event uuid,
          standing uuid)
"""


def _reading(statement: str) -> str:
    """The statement with what the list's rows say at hand, as `said`."""
    return statement.replace("{said}", _SAID)


# The rows of the list whose enterprise is no longer as it was judged. Those to be changed stay locked.
LOCK_AND_COUNT_MOVED: Final = """
    with held as materialized (
        select enterprise.id, enterprise.changed_at
          from enterprises_enterprise enterprise
         where enterprise.id in (
               select enterprise_id from enterprises_importrow
                where batch_id = %(batch)s and outcome = 'changed')
         order by enterprise.id
           for update
    )
    select (select count(*)
              from enterprises_importrow line left join held on held.id = line.enterprise_id
             where line.batch_id = %(batch)s and line.outcome = 'changed'
               and held.changed_at is distinct from line.seen_at)
         + (select count(*)
              from enterprises_importrow line
              join enterprises_enterprise enterprise
                on enterprise.authority_id = line.authority_id and enterprise.credit_code = line.credit_code
             where line.batch_id = %(batch)s and line.outcome = 'new')
"""

COUNT_CHANGED: Final = """
    select enterprise.area_id, enterprise.size_class, enterprise.kind, standing.state, count(*)
      from enterprises_importrow line
      join enterprises_enterprise enterprise on enterprise.id = line.enterprise_id
      join enterprises_standing standing on standing.enterprise_id = enterprise.id
     where line.batch_id = %(batch)s and line.outcome = 'changed'
     group by 1, 2, 3, 4
"""

COUNT_NEW: Final = _reading("""
    select said.area_id, said.size_class, said.kind, 'not_resumed', count(*)
      from enterprises_importrow line {said}
     where line.batch_id = %(batch)s and line.outcome = 'new'
     group by 1, 2, 3, 4
""")

RENAMED: Final = """
    select line.enterprise_id
      from enterprises_importrow line
      join enterprises_enterprise enterprise on enterprise.id = line.enterprise_id
     where line.batch_id = %(batch)s and line.outcome = 'changed'
       and enterprise.name_key <> line.data ->> 'name_key'
"""

NEW_IDS: Final = """
    select enterprise_id from enterprises_importrow where batch_id = %(batch)s and outcome = 'new'
"""

INSERT: Final = _reading("""
    insert into enterprises_enterprise
           (id, authority_id, name, name_key, name_pinyin, name_initials, credit_code, kind, size_class,
            industry, area_id, address, contact_name, contact_phone, contact_phone_hash, normal_staff,
            normal_capacity, tags, entered_on, provenance, recorded_at, recorded_by, changed_at)
    select line.enterprise_id, line.authority_id, said.name, said.name_key, said.name_pinyin,
           said.name_initials, line.credit_code, said.kind, said.size_class, said.industry, said.area_id,
           said.address, said.contact_name, line.phone, line.phone_hash, said.normal_staff,
           said.normal_capacity, said.tags, said.entered_on, said.provenance, %(now)s, %(user)s, %(now)s
      from enterprises_importrow line {said}
     where line.batch_id = %(batch)s and line.outcome = 'new'
     order by line.number
""")

UPDATE: Final = _reading("""
    update enterprises_enterprise enterprise
       set name = said.name, name_key = said.name_key, name_pinyin = said.name_pinyin,
           name_initials = said.name_initials, kind = said.kind, size_class = said.size_class,
           industry = said.industry, area_id = said.area_id, address = said.address,
           contact_name = said.contact_name, contact_phone = line.phone,
           contact_phone_hash = line.phone_hash, normal_staff = said.normal_staff,
           normal_capacity = said.normal_capacity, tags = said.tags, changed_at = %(now)s
      from enterprises_importrow line {said}
     where line.batch_id = %(batch)s and line.outcome = 'changed' and enterprise.id = line.enterprise_id
""")

# A new enterprise counts from its day of entry; a change of what figures stand on counts from today.
INSERT_EVENTS: Final = _reading("""
    insert into enterprises_registerevent
           (id, authority_id, enterprise_id, at, is_present, name, credit_code, kind, size_class, industry,
            area_id, recorded_at, recorded_by)
    select said.register_event, line.authority_id, line.enterprise_id,
           case line.outcome when 'new' then said.entered_on::timestamp at time zone 'Asia/Shanghai'
                             else %(today)s end,
           true, said.name, line.credit_code, said.kind, said.size_class, said.industry, said.area_id,
           %(now)s, %(user)s
      from enterprises_importrow line {said}
     where line.batch_id = %(batch)s
       and (line.outcome = 'new' or (line.outcome = 'changed' and line.changes ?| array[
            'name', 'kind', 'size_class', 'industry', 'area_id']))
     order by line.number
""")

INSERT_STANDING: Final = _reading("""
    insert into enterprises_standing (id, authority_id, enterprise_id, state, since)
    select said.standing, line.authority_id, line.enterprise_id, 'not_resumed',
           said.entered_on::timestamp at time zone 'Asia/Shanghai'
      from enterprises_importrow line {said}
     where line.batch_id = %(batch)s and line.outcome = 'new'
     order by line.number
""")

# What the audit row says of all rows at once: the rows themselves stay with the batch.
DIGEST: Final = """
    select encode(sha256(convert_to(coalesce(string_agg(
               number || ' ' || credit_code || ' ' || outcome || ' ' || changes::text, E'\\n'
               order by number), ''), 'UTF8')), 'hex')
      from enterprises_importrow
     where batch_id = %(batch)s and outcome in ('new', 'changed')
"""
