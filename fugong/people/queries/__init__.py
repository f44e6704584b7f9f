"""Reading person files."""

from fugong.people.queries.codes import address_of, find_code_of, find_open_code
from fugong.people.queries.devices import Worker, find_device, find_phone_of, worker_of, worker_on
from fugong.people.queries.facts import facts_of
from fugong.people.queries.known import Known, every_person, list_known
from fugong.people.queries.naming import NamedPerson, named_by
from fugong.people.queries.own_file import OwnFile, get_challenge, list_challenges, own_file
from fugong.people.queries.people import (
    Numbers,
    Work,
    data_of,
    find_by_document,
    get_person,
    list_employments,
    list_people,
    masked_numbers,
)
from fugong.people.queries.registrations import (
    find_registration_of,
    list_waiting,
    looks_at,
    said_in,
)
from fugong.people.queries.search import matching
from fugong.people.queries.travel import get_stay, list_current

__all__ = [
    "Known",
    "NamedPerson",
    "Numbers",
    "OwnFile",
    "Work",
    "Worker",
    "address_of",
    "data_of",
    "every_person",
    "facts_of",
    "find_by_document",
    "find_code_of",
    "find_device",
    "find_open_code",
    "find_phone_of",
    "find_registration_of",
    "get_challenge",
    "get_person",
    "get_stay",
    "list_challenges",
    "list_current",
    "list_employments",
    "list_known",
    "list_people",
    "list_waiting",
    "looks_at",
    "masked_numbers",
    "matching",
    "named_by",
    "own_file",
    "said_in",
    "worker_of",
    "worker_on",
]
