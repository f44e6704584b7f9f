"""Reading person files."""

from fugong.people.queries.facts import facts_of
from fugong.people.queries.naming import NamedPerson, facts_about, named_by
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
from fugong.people.queries.travel import get_stay, list_current

__all__ = [
    "NamedPerson",
    "Numbers",
    "Work",
    "data_of",
    "facts_about",
    "facts_of",
    "find_by_document",
    "get_person",
    "get_stay",
    "list_current",
    "list_employments",
    "list_people",
    "masked_numbers",
    "matching",
    "named_by",
]
