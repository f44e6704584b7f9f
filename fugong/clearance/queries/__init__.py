"""Reading levels, the evidence behind them, levels by hand and appeals."""

from fugong.clearance.queries.at_gates import LevelRow, level_rows
from fugong.clearance.queries.clearances import Clearance, WhyLevel, clearance_of, clearances_of
from fugong.clearance.queries.counting import AppealTally, ReasonTally, tally_appeals, tally_reasons
from fugong.clearance.queries.law import LawInForce, law_in_force, playbook_of, table_of
from fugong.clearance.queries.reading import (
    get_appeal,
    get_hand,
    get_hand_of,
    list_appeals,
    list_appeals_of,
    list_clearances,
    list_evidence,
    list_hands,
    list_hands_of,
    list_levels,
    reader,
    sources_on_record,
)
from fugong.clearance.queries.rehearsing import Rehearsal, Turn, named_level, rehearse

__all__ = [
    "AppealTally",
    "Clearance",
    "LawInForce",
    "LevelRow",
    "ReasonTally",
    "Rehearsal",
    "Turn",
    "WhyLevel",
    "clearance_of",
    "clearances_of",
    "get_appeal",
    "get_hand",
    "get_hand_of",
    "law_in_force",
    "level_rows",
    "list_appeals",
    "list_appeals_of",
    "list_clearances",
    "list_evidence",
    "list_hands",
    "list_hands_of",
    "list_levels",
    "named_level",
    "playbook_of",
    "reader",
    "rehearse",
    "sources_on_record",
    "table_of",
    "tally_appeals",
    "tally_reasons",
]
