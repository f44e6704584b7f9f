"""The statements that take a judged list over: each works on all its rows at once.

They read `people_importrow`, which `staging` has filled by the same rules as a single entry.
"""

from __future__ import annotations

from typing import Final

from fugong.people.operations.grams import PAIRS

TAKEN: Final = """
    line.batch_id = %(batch)s
       and (line.outcome in ('new', 'changed', 'moved') or (line.outcome = 'question' and line.is_chosen))
"""
"""The rows of the list that are to be written."""


def _taken(statement: str) -> str:
    return statement.replace("{taken}", TAKEN)


LOCK: Final = _taken("""
    select person.id
      from people_person person
     where person.id in (select line.person_id from people_importrow line
                          where {taken} and line.outcome <> 'new')
     order by person.id
       for update
""")

# Files that are no longer as they were when the list was judged: opened, changed or moved meanwhile.
LEAVE_OUT_CHANGED: Final = _taken("""
    update people_importrow line
       set outcome = 'refused', problems = '[["document", "changed_meanwhile", {}]]'
     where {taken}
       and (exists (select from people_person person
                     where person.authority_id = line.authority_id and person.id = line.person_id
                       and person.changed_at <> line.seen_at)
         or (line.outcome = 'new'
             and exists (select from people_person person
                          where person.authority_id = line.authority_id
                            and person.document_hash = line.document_hash)))
""")

PLACES: Final = _taken("""
    select line.enterprise_id from people_importrow line where {taken}
     union
    select line.left_enterprise_id from people_importrow line
     where {taken} and line.left_enterprise_id is not null
""")

# Enterprises that left meanwhile, or for which the actor keeps no files any more.
LEAVE_OUT_PLACES: Final = _taken("""
    update people_importrow line
       set outcome = 'refused', problems = '[["enterprise", "enterprise_shut", {}]]'
     where {taken}
       and (line.enterprise_id = any(%(shut)s) or line.left_enterprise_id = any(%(lost)s))
""")

INSERT_PEOPLE: Final = """
    insert into people_person
           (id, authority_id, name, name_key, name_pinyin, name_initials, document_kind, document,
            document_hash, phone, phone_hash, home_region, lodging, enterprise_id, way, recorded_at,
            recorded_by, changed_at)
    select line.person_id, line.authority_id, line.name, line.name_key, line.name_pinyin, line.name_initials,
           line.document_kind, line.document, line.document_hash, line.phone, line.phone_hash,
           line.home_region, line.lodging, line.enterprise_id, %(way)s, %(now)s, %(user)s, %(now)s
      from people_importrow line
     where line.batch_id = %(batch)s and line.outcome = 'new'
     order by line.number
"""

INDEX_NEW_NAMES: Final = f"""
    insert into people_persongram (authority_id, gram, person_id)
    select distinct authority_id, gram collate "C", person_id
      from people_importrow, {PAIRS}
     where batch_id = %(batch)s and outcome = 'new'
     order by 1, 2, 3
"""  # noqa: S608 - a piece of our own

RENAMED: Final = _taken("""
    select person.id
      from people_importrow line
      join people_person person on person.id = line.person_id
     where {taken} and line.outcome <> 'new' and person.name <> line.name
""")

UPDATE_PEOPLE: Final = _taken("""
    update people_person person
       set name = line.name, name_key = line.name_key, name_pinyin = line.name_pinyin,
           name_initials = line.name_initials, document_kind = line.document_kind, phone = line.phone,
           phone_hash = line.phone_hash, home_region = line.home_region, lodging = line.lodging,
           enterprise_id = line.enterprise_id, changed_at = %(now)s
      from people_importrow line
     where {taken} and line.outcome <> 'new' and person.id = line.person_id
""")

END_EMPLOYMENTS: Final = _taken("""
    update people_employment running
       set ends_on = line.starts_on
      from people_importrow line
     where {taken} and line.begins and line.outcome <> 'new'
       and running.authority_id = line.authority_id and running.person_id = line.person_id
       and running.ends_on is null
""")

UPDATE_EMPLOYMENTS: Final = _taken("""
    update people_employment running
       set post = line.post, shift = line.shift, crew = line.crew, room = line.room,
           starts_on = line.starts_on
      from people_importrow line
     where {taken} and not line.begins and running.id = line.employment_id
       and line.changes ?| array['post', 'shift', 'crew', 'room', 'starts_on']
""")

INSERT_EMPLOYMENTS: Final = _taken("""
    insert into people_employment
           (id, authority_id, person_id, enterprise_id, post, shift, crew, room, starts_on, way, recorded_at,
            recorded_by, recorded_by_name)
    select line.employment_id, line.authority_id, line.person_id, line.enterprise_id, line.post, line.shift,
           line.crew, line.room, line.starts_on, %(way)s, %(now)s, %(user)s, %(user_name)s
      from people_importrow line
     where {taken} and line.begins
     order by line.number
""")

# As `work_events` notes an employment; of new files all of it stands in the list, and nothing is looked up.
NOTE_NEW: Final = """
    insert into people_workevent
           (id, authority_id, employment_id, person_id, enterprise_id, area_id, home_region, starts_on,
            recorded_at)
    select line.id, line.authority_id, line.employment_id, line.person_id, line.enterprise_id,
           (select area_id from enterprises_enterprise place where place.id = line.enterprise_id),
           line.home_region, line.starts_on, %(now)s
      from people_importrow line
     where line.batch_id = %(batch)s and line.outcome = 'new'
"""

# Employments of others of which the figures of staff now say something else.
NOTED: Final = _taken("""
    select work.id
      from people_importrow line
      join people_employment work
        on work.authority_id = line.authority_id and work.person_id = line.person_id
     where {taken} and line.outcome <> 'new'
       and (line.begins or line.changes ?| array['home_region', 'starts_on'])
""")

COUNT: Final = """
    select line.outcome, count(*) from people_importrow line where line.batch_id = %(batch)s group by 1
"""

# What the audit row says of all rows at once: the rows themselves stay with the batch.
DIGEST: Final = _taken("""
    select encode(sha256(convert_to(coalesce(string_agg(
               line.number || ' ' || line.person_id || ' ' || line.outcome || ' ' || line.changes::text,
               E'\\n' order by line.number), ''), 'UTF8')), 'hex')
      from people_importrow line
     where {taken}
""")

# What the files say themselves. The telephone before, and what changed, are nowhere else: they stay.
SWEEP: Final = """
    update people_importrow
       set name_key = '', name_pinyin = '', name_initials = '', document = '', phone = '', phone_hash = null,
           home_region = '', lodging = '', hints = '[]'
     where batch_id = %(batch)s and outcome <> 'refused'
"""
