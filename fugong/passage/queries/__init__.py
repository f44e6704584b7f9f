"""Reading passages."""

from fugong.passage.queries.crossings import DeskAt, find_desk
from fugong.passage.queries.figures import FIGURES
from fugong.passage.queries.gates import get_gate, list_gates
from fugong.passage.queries.inside import Inside, InsideNow, inside_enterprise, names_of
from fugong.passage.queries.meeting import Overlap, overlaps
from fugong.passage.queries.passages import (
    DAYS_SHOWN,
    Hour,
    Line,
    PersonDay,
    PersonDays,
    days_of,
    hours_of,
    hours_seen_by,
    lines_of_gate,
    presences_of,
)
from fugong.passage.queries.signs import device_labels, gate_names, get_sign, list_signs
from fugong.passage.queries.whereabouts import GateKnown, gates_of_enterprise

__all__ = [
    "DAYS_SHOWN",
    "FIGURES",
    "DeskAt",
    "GateKnown",
    "Hour",
    "Inside",
    "InsideNow",
    "Line",
    "Overlap",
    "PersonDay",
    "PersonDays",
    "days_of",
    "device_labels",
    "find_desk",
    "gate_names",
    "gates_of_enterprise",
    "get_gate",
    "get_sign",
    "hours_of",
    "hours_seen_by",
    "inside_enterprise",
    "lines_of_gate",
    "list_gates",
    "list_signs",
    "names_of",
    "overlaps",
    "presences_of",
]
