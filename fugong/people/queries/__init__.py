"""Reading person files."""

from fugong.people.queries.duplicates import Pair, get_merge, list_candidates, list_likely_pairs, list_merges
from fugong.people.queries.facts import facts_of
from fugong.people.queries.people import (
    Numbers,
    Work,
    data_of,
    find_by_document,
    get_person,
    ids_of,
    in_use,
    list_employments,
    list_people,
    masked_numbers,
)
from fugong.people.queries.search import matching

__all__ = [
    "Numbers",
    "Pair",
    "Work",
    "data_of",
    "facts_of",
    "find_by_document",
    "get_merge",
    "get_person",
    "ids_of",
    "in_use",
    "list_candidates",
    "list_employments",
    "list_likely_pairs",
    "list_merges",
    "list_people",
    "masked_numbers",
    "matching",
]
