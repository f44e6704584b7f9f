"""All reading of the register."""

from fugong.enterprises.queries.enterprises import (
    data_of,
    facts_of,
    find_by_code,
    find_enterprise,
    find_same_name,
    find_subject,
    get_enterprise,
    list_enterprises,
    list_history,
    list_premises,
)
from fugong.enterprises.queries.figures import FIGURES
from fugong.enterprises.queries.imports import (
    get_import,
    list_imports,
    problems_in,
    refused_rows,
    rows_of_import,
)
from fugong.enterprises.queries.search import matching, search
from fugong.enterprises.queries.standing import (
    StandingAt,
    StandingTally,
    Tally,
    list_standing_events,
    standing_as_of,
    standing_counts,
    totals,
)
from fugong.enterprises.queries.trend import DayOfStanding, standing_by_day

__all__ = [
    "FIGURES",
    "DayOfStanding",
    "StandingAt",
    "StandingTally",
    "Tally",
    "data_of",
    "facts_of",
    "find_by_code",
    "find_enterprise",
    "find_same_name",
    "find_subject",
    "get_enterprise",
    "get_import",
    "list_enterprises",
    "list_history",
    "list_imports",
    "list_premises",
    "list_standing_events",
    "matching",
    "problems_in",
    "refused_rows",
    "rows_of_import",
    "search",
    "standing_as_of",
    "standing_by_day",
    "standing_counts",
    "totals",
]
