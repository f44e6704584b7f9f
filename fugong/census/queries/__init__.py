"""Reading the census."""

from fugong.census.queries.campaigns import get_campaign, list_campaigns
from fugong.census.queries.cases import (
    Shown,
    find_next,
    get_case,
    held_case,
    last_standing_call,
    list_cases,
    list_log,
    list_own_calls,
    matching,
    shown_of,
    shown_of_many,
    standing_calls,
)
from fugong.census.queries.figures import FIGURES
from fugong.census.queries.scope import condition_of, count_named, draw
from fugong.census.queries.totals import Progress, Totals, progress_of, totals_of, work_left

__all__ = [
    "FIGURES",
    "Progress",
    "Shown",
    "Totals",
    "condition_of",
    "count_named",
    "draw",
    "find_next",
    "get_campaign",
    "get_case",
    "held_case",
    "last_standing_call",
    "list_campaigns",
    "list_cases",
    "list_log",
    "list_own_calls",
    "matching",
    "progress_of",
    "shown_of",
    "shown_of_many",
    "standing_calls",
    "totals_of",
    "work_left",
]
