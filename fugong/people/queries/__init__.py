"""Reading person files."""

from fugong.people.queries.facts import facts_of
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
from fugong.people.queries.search import matching
from fugong.people.queries.travel import get_stay, list_current

__all__ = [
    "Known",
    "NamedPerson",
    "Numbers",
    "Work",
    "data_of",
    "every_person",
    "facts_of",
    "find_by_document",
    "get_person",
    "get_stay",
    "list_current",
    "list_employments",
    "list_known",
    "list_people",
    "masked_numbers",
    "matching",
    "named_by",
]
