"""Reading person files."""

from fugong.people.queries.at_work import AtWork, Workplace, at_work, crews_led_by, staff_of
from fugong.people.queries.codes import address_of, find_code_of, find_open_code
from fugong.people.queries.devices import Worker, find_device, find_phone_of, worker_of, worker_on
from fugong.people.queries.facts import facts_of
from fugong.people.queries.figures import FIGURES
from fugong.people.queries.known import Known, every_person, list_known
from fugong.people.queries.naming import NamedPerson, named_by
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
    "FIGURES",
    "AtWork",
    "Known",
    "NamedPerson",
    "Numbers",
    "Work",
    "Worker",
    "Workplace",
    "address_of",
    "at_work",
    "crews_led_by",
    "data_of",
    "every_person",
    "facts_of",
    "find_by_document",
    "find_code_of",
    "find_device",
    "find_open_code",
    "find_phone_of",
    "find_registration_of",
    "get_person",
    "get_stay",
    "list_current",
    "list_employments",
    "list_known",
    "list_people",
    "list_waiting",
    "looks_at",
    "masked_numbers",
    "matching",
    "named_by",
    "said_in",
    "staff_of",
    "worker_of",
    "worker_on",
]
