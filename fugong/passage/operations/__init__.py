"""All writing about passages."""

from fugong.passage.operations.crossings import MOST_AT_ONCE, CrossingTold, record_crossings
from fugong.passage.operations.days import make_days
from fugong.passage.operations.devices import name_device, pair
from fugong.passage.operations.gates import open_gate
from fugong.passage.operations.looking import look, look_whom_met, may_look_at
from fugong.passage.operations.scans import ScanRow, keep_scans
from fugong.passage.operations.signs import find_signs, look_at_sign
from fugong.passage.rules.crossings import CrossingData, Traveller
from fugong.passage.rules.gates import GateData

__all__ = [
    "MOST_AT_ONCE",
    "CrossingData",
    "CrossingTold",
    "GateData",
    "ScanRow",
    "Traveller",
    "find_signs",
    "keep_scans",
    "look",
    "look_at_sign",
    "look_whom_met",
    "make_days",
    "may_look_at",
    "name_device",
    "open_gate",
    "pair",
    "record_crossings",
]
