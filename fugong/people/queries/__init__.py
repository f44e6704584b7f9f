"""Reading person files."""

from fugong.people.queries.codes import address_of, find_code_of, find_open_code
from fugong.people.queries.devices import Worker, find_device, find_phone_of, worker_of, worker_on
from fugong.people.queries.facts import facts_of
from fugong.people.queries.own_file import OwnFile, get_challenge, list_challenges, own_file
from fugong.people.queries.paper import get_sheet, list_sheets, rows_of
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

__all__ = [
    "Numbers",
    "OwnFile",
    "Work",
    "Worker",
    "address_of",
    "data_of",
    "facts_of",
    "find_by_document",
    "find_code_of",
    "find_device",
    "find_open_code",
    "find_phone_of",
    "find_registration_of",
    "get_challenge",
    "get_person",
    "get_sheet",
    "list_challenges",
    "list_employments",
    "list_people",
    "list_sheets",
    "list_waiting",
    "looks_at",
    "masked_numbers",
    "matching",
    "own_file",
    "rows_of",
    "said_in",
    "worker_of",
    "worker_on",
]
