"""Reading person files."""

from fugong.people.queries.at_work import crews_by_person, led_by
from fugong.people.queries.facts import facts_of
from fugong.people.queries.imports import (
    Imported,
    Mention,
    get_import,
    list_imports,
    list_mentions,
    people_of_import,
    problems_in,
    questions_of_import,
    refused_rows,
    rows_of_import,
)
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
    "Imported",
    "Mention",
    "Numbers",
    "Work",
    "crews_by_person",
    "data_of",
    "facts_of",
    "find_by_document",
    "get_import",
    "get_person",
    "led_by",
    "list_employments",
    "list_imports",
    "list_mentions",
    "list_people",
    "masked_numbers",
    "matching",
    "people_of_import",
    "problems_in",
    "questions_of_import",
    "refused_rows",
    "rows_of_import",
]
