"""Reading person files."""

from fugong.people.queries.at_work import crews_by_person
from fugong.people.queries.crews import CrewRow, list_crews
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
    "CrewRow",
    "Numbers",
    "Work",
    "crews_by_person",
    "data_of",
    "facts_of",
    "find_by_document",
    "get_person",
    "list_crews",
    "list_employments",
    "list_people",
    "masked_numbers",
    "matching",
]
