"""Reading person files."""

from fugong.people.queries.facts import facts_of
from fugong.people.queries.figures import FIGURES
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
    "FIGURES",
    "Numbers",
    "Work",
    "data_of",
    "facts_of",
    "find_by_document",
    "get_person",
    "list_employments",
    "list_people",
    "masked_numbers",
    "matching",
]
