"""Reading person files."""

from fugong.people.queries.at_work import AtWork, Workplace, at_work, crews_led_by, staff_of
from fugong.people.queries.devices import Worker, find_device, worker_of, worker_on
from fugong.people.queries.facts import facts_of
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
from fugong.people.queries.search import matching

__all__ = [
    "AtWork",
    "Numbers",
    "Work",
    "Worker",
    "Workplace",
    "at_work",
    "crews_led_by",
    "data_of",
    "facts_of",
    "find_by_document",
    "find_device",
    "get_person",
    "list_employments",
    "list_people",
    "masked_numbers",
    "matching",
    "staff_of",
    "worker_of",
    "worker_on",
]
