"""All writing about passages."""

from fugong.passage.operations.looking import look, look_whom_met, may_look_at
from fugong.passage.operations.scans import ScanRow, keep_scans

__all__ = ["ScanRow", "keep_scans", "look", "look_whom_met", "may_look_at"]
