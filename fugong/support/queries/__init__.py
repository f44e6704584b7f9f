"""Reading difficulties, what the playbook says about them, and the figure."""

from fugong.support.queries.difficulties import (
    count_open,
    get_difficulty,
    list_difficulties,
    list_milestones,
    list_of_enterprise,
    list_open_of_own,
    timeline,
)
from fugong.support.queries.figures import DIFFICULTIES_SOLVED, FIGURES
from fugong.support.queries.tallies import OpenTally, count_solved, tally_open
from fugong.support.queries.terms import Terms, get_terms

__all__ = [
    "DIFFICULTIES_SOLVED",
    "FIGURES",
    "OpenTally",
    "Terms",
    "count_open",
    "count_solved",
    "get_difficulty",
    "get_terms",
    "list_difficulties",
    "list_milestones",
    "list_of_enterprise",
    "list_open_of_own",
    "tally_open",
    "timeline",
]
