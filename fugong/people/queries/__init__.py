"""Reading person files."""

from fugong.people.queries.at_gates import Passing, number_hasher, passing
from fugong.people.queries.at_work import crews_by_person
from fugong.people.queries.codes import address_of, find_code_of, find_open_code
from fugong.people.queries.crews import Candidate, CrewRow, crew_name, list_candidates_of, list_crews
from fugong.people.queries.devices import Worker, find_device, find_phone_of, worker_of, worker_on
from fugong.people.queries.duplicates import Pair, get_merge, list_candidates, list_likely_pairs, list_merges
from fugong.people.queries.facts import facts_of
from fugong.people.queries.figures import FIGURES
from fugong.people.queries.history import get_history_entry, list_history
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
from fugong.people.queries.known import Known, every_person, list_known
from fugong.people.queries.naming import NamedPerson, named_by
from fugong.people.queries.own_file import OwnFile, get_challenge, list_challenges, own_file
from fugong.people.queries.paper import get_sheet, kept_of, list_sheets, rows_of
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
    merged_into,
    with_kept,
)
from fugong.people.queries.registrations import (
    find_registration_of,
    list_waiting,
    looks_at,
    said_in,
)
from fugong.people.queries.search import matching
from fugong.people.queries.shifts import shifts_of
from fugong.people.queries.staff import (
    AtWork,
    Workplace,
    at_work,
    crews_led_by,
    ids_by_document,
    led_crews,
    staff_of,
)
from fugong.people.queries.travel import get_stay, list_current
from fugong.people.rules.documents import masked as masked_document
from fugong.people.rules.documents import masked_phone
from fugong.people.rules.tokens import Token

__all__ = [
    "FIGURES",
    "AtWork",
    "Candidate",
    "CrewRow",
    "Imported",
    "Known",
    "Mention",
    "NamedPerson",
    "Numbers",
    "OwnFile",
    "Pair",
    "Passing",
    "Token",
    "Work",
    "Worker",
    "Workplace",
    "address_of",
    "at_work",
    "crew_name",
    "crews_by_person",
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
    "get_challenge",
    "get_history_entry",
    "get_import",
    "get_merge",
    "get_person",
    "get_sheet",
    "get_stay",
    "ids_by_document",
    "ids_of",
    "in_use",
    "kept_of",
    "led_crews",
    "list_candidates",
    "list_candidates_of",
    "list_challenges",
    "list_crews",
    "list_current",
    "list_employments",
    "list_history",
    "list_imports",
    "list_known",
    "list_likely_pairs",
    "list_mentions",
    "list_merges",
    "list_people",
    "list_sheets",
    "list_waiting",
    "looks_at",
    "masked_document",
    "masked_numbers",
    "masked_phone",
    "matching",
    "merged_into",
    "named_by",
    "number_hasher",
    "own_file",
    "passing",
    "people_of_import",
    "problems_in",
    "questions_of_import",
    "refused_rows",
    "rows_of",
    "rows_of_import",
    "said_in",
    "shifts_of",
    "staff_of",
    "with_kept",
    "worker_of",
    "worker_on",
]
