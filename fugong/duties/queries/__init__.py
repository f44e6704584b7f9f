"""All reading of duties."""

from fugong.duties.queries.duties import (
    DueTally,
    count_by_group,
    count_for,
    get_visible,
    list_for,
    list_of_subject,
    list_open_of,
    list_owners,
    list_shortfall,
    subjects_excused,
    subjects_owing,
    tally_shortfall,
)
from fugong.duties.queries.rolls import (
    enrolled,
    get_roll,
    list_entries_of,
    list_excused,
    list_history_of,
    list_missing,
    list_rolls,
    still_open,
)

__all__ = [
    "DueTally",
    "count_by_group",
    "count_for",
    "enrolled",
    "get_roll",
    "get_visible",
    "list_entries_of",
    "list_excused",
    "list_for",
    "list_history_of",
    "list_missing",
    "list_of_subject",
    "list_open_of",
    "list_owners",
    "list_rolls",
    "list_shortfall",
    "still_open",
    "subjects_excused",
    "subjects_owing",
    "tally_shortfall",
]
