"""What the files say already, for a lot of rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection

from fugong.people.operations.importing.places import Places
from fugong.people.rules.importing.rows import Known

Namesake = tuple[str, UUID, str]
"""What is the same (a telephone or a home region), whose file it is, and the name in it."""

# One look-up for each number, whatever the statistics say of a table that was just filled: that is also why
# it does not say `ends_on is null`, which brings an index of crews into play that knows no person.
BY_DOCUMENT = """
    select person.document_hash, person.id, person.name, person.document_kind, person.phone,
           person.phone_hash, person.home_region, person.lodging, person.enterprise_id, person.changed_at,
           running.id, coalesce(running.post, ''), coalesce(running.shift, ''), coalesce(running.crew, ''),
           coalesce(running.room, ''), running.starts_on,
           (select max(earlier.ends_on) from people_employment earlier
             where earlier.authority_id = person.authority_id and earlier.person_id = person.id),
           person.merged_into_id is not null
      from unnest(string_to_array(%(hashes)s, ',')) as asked (hash)
     cross join lateral (
           select * from people_person
            where authority_id = %(authority)s and document_hash = decode(asked.hash, 'hex') limit 1
           ) as person
      left join lateral (
           select * from people_employment
            where authority_id = %(authority)s and person_id = person.id
              and coalesce(ends_on, 'infinity') = 'infinity' limit 1
           ) as running on true
"""
BY_TELEPHONE = """
    select person.phone_hash, person.name_key, person.id, person.name, person.enterprise_id
      from unnest(string_to_array(%(hashes)s, ',')) as asked (hash)
     cross join lateral (
           select * from people_person
            where authority_id = %(authority)s and phone_hash = decode(asked.hash, 'hex')
              and merged_into_id is null limit 10
           ) as person
"""
BY_REGION = """
    select person.name_key, person.home_region, person.id, person.name, person.enterprise_id
      from unnest(string_to_array(%(pinyin)s, ','), string_to_array(%(regions)s, ','))
           as asked (pinyin, region)
     cross join lateral (
           select * from people_person
            where authority_id = %(authority)s and name_pinyin = asked.pinyin collate "C"
              and home_region = asked.region collate "C" and merged_into_id is null limit 10
           ) as person
"""


def known_by_document(authority_id: UUID, hashes: Collection[bytes], places: Places) -> dict[bytes, Known]:
    with connection.cursor() as cursor:
        cursor.execute(BY_DOCUMENT, {"authority": authority_id, "hashes": _joined(hashes)})
        rows = cursor.fetchall()
    return {bytes(hashed): _known(rest, places) for hashed, *rest in rows}


def _known(columns: Iterable[object], places: Places) -> Known:
    found = Known(*columns)  # type: ignore[arg-type]
    return replace(
        found,
        phone=bytes(found.phone or b""),
        phone_hash=bytes(found.phone_hash) if found.phone_hash else None,
        is_seen=places.is_seen(found.enterprise_id),
        is_ours=places.is_ours(found.enterprise_id),
    )


def _joined(hashes: Iterable[bytes]) -> str:
    """As one text: an array of thousands takes the driver longer than the database."""
    return ",".join(each.hex() for each in hashes)


class Namesakes:
    """Files in the actor's sight that may be of the same person under another number."""

    def __init__(self, authority_id: UUID, places: Places) -> None:
        self._authority_id, self._places = authority_id, places
        self._by_phone: dict[tuple[str, bytes], list[tuple[UUID, str]]] = defaultdict(list)
        self._by_region: dict[tuple[str, str], list[tuple[UUID, str]]] = defaultdict(list)

    def look_up(self, phones: Collection[bytes], regions: Collection[tuple[str, str]]) -> None:
        """For the new rows of a lot: their telephones' hashes; spelt names with home regions."""
        given: dict[str, Any] = {"authority": self._authority_id, "hashes": _joined(phones)}
        asked = sorted(regions)
        given["pinyin"], given["regions"] = (",".join(pair[place] for pair in asked) for place in (0, 1))
        with connection.cursor() as cursor:
            cursor.execute(BY_TELEPHONE, given)
            for hashed, key, id_, name, place in cursor.fetchall():
                if self._places.is_seen(place):
                    self._by_phone[key, bytes(hashed)].append((id_, name))
            cursor.execute(BY_REGION, given)
            for key, region, id_, name, place in cursor.fetchall():
                if self._places.is_seen(place):
                    self._by_region[key, region].append((id_, name))

    def of(self, key: str, phone: bytes | None, region: str) -> list[Namesake]:
        found = {id_: ("phone", name) for id_, name in self._by_phone.get((key, phone or b""), ())}
        for id_, name in self._by_region.get((key, region), ()):
            found.setdefault(id_, ("home_region", name))
        return [(what, id_, name) for id_, (what, name) in found.items()]
