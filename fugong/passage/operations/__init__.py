"""All writing about passages."""

from fugong.passage.operations.crossings import MOST_AT_ONCE, CrossingTold, record_crossings
from fugong.passage.operations.days import make_days
from fugong.passage.operations.devices import name_device, pair
from fugong.passage.operations.gates import open_gate
from fugong.passage.operations.issuing import Issued, issue_code, revoke_codes_of
from fugong.passage.operations.looking import look, look_whom_met, may_look_at
from fugong.passage.operations.scans import ScanRow, keep_scans
from fugong.passage.operations.signs import find_signs, look_at_sign
from fugong.passage.operations.venues import (
    Answered,
    PosterGone,
    confirm_presence,
    open_venue,
    renew_poster,
    scan_venue,
)
from fugong.passage.rules.crossings import CrossingData, Traveller
from fugong.passage.rules.gates import GateData

__all__ = [
    "MOST_AT_ONCE",
    "Answered",
    "CrossingData",
    "CrossingTold",
    "GateData",
    "Issued",
    "PosterGone",
    "ScanRow",
    "Traveller",
    "confirm_presence",
    "find_signs",
    "issue_code",
    "keep_scans",
    "look",
    "look_at_sign",
    "look_whom_met",
    "make_days",
    "may_look_at",
    "name_device",
    "open_gate",
    "open_venue",
    "pair",
    "record_crossings",
    "renew_poster",
    "revoke_codes_of",
    "scan_venue",
]
