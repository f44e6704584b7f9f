"""All writing about passages."""

from fugong.passage.operations.days import make_days
from fugong.passage.operations.looking import look, look_whom_met, may_look_at
from fugong.passage.operations.scans import ScanRow, keep_scans
from fugong.passage.operations.signs import find_signs, look_at_sign

__all__ = [
    "ScanRow",
    "find_signs",
    "keep_scans",
    "look",
    "look_at_sign",
    "look_whom_met",
    "make_days",
    "may_look_at",
]
