"""The tables of the clearance."""

from fugong.clearance.models.appeals import Appeal
from fugong.clearance.models.by_hand import HandLevel
from fugong.clearance.models.clearances import Clearance
from fugong.clearance.models.evidence import Evidence

__all__ = ["Appeal", "Clearance", "Evidence", "HandLevel"]
