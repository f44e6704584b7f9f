"""Reading passages."""

from fugong.passage.queries.crossings import DeskAt, find_desk
from fugong.passage.queries.figures import FIGURES
from fugong.passage.queries.gates import get_gate, list_gates
from fugong.passage.queries.guests import subjects_of
from fugong.passage.queries.inside import Inside, InsideNow, inside_enterprise, names_of
from fugong.passage.queries.meeting import Overlap, overlaps
from fugong.passage.queries.passages import (
    DAYS_SHOWN,
    Hour,
    Line,
    PersonDay,
    PersonDays,
    compared_with,
    days_of,
    hours_of,
    hours_seen_by,
    lines_of_gate,
    presences_of,
)
from fugong.passage.queries.signs import device_labels, gate_names, get_sign, list_signs
from fugong.passage.queries.venue_use import VenueUse, list_without_code, use_of_venues
from fugong.passage.queries.venues import (
    Came,
    address_of,
    came_lately,
    find_venue,
    list_venues,
    open_presences,
    poster_of,
    screen_key_of,
    server_key,
)
from fugong.passage.queries.whereabouts import GateKnown, gates_of_enterprise

__all__ = [
    "DAYS_SHOWN",
    "FIGURES",
    "Came",
    "DeskAt",
    "GateKnown",
    "Hour",
    "Inside",
    "InsideNow",
    "Line",
    "Overlap",
    "PersonDay",
    "PersonDays",
    "VenueUse",
    "address_of",
    "came_lately",
    "compared_with",
    "days_of",
    "device_labels",
    "find_desk",
    "find_venue",
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
    "list_venues",
    "list_without_code",
    "names_of",
    "open_presences",
    "overlaps",
    "poster_of",
    "presences_of",
    "screen_key_of",
    "server_key",
    "subjects_of",
    "use_of_venues",
]
