"""Reading levels, the evidence behind them, levels by hand and appeals."""

from fugong.clearance.queries.clearances import Clearance, WhyLevel, clearance_of, clearances_of
from fugong.clearance.queries.law import LawInForce, law_in_force

__all__ = ["Clearance", "LawInForce", "WhyLevel", "clearance_of", "clearances_of", "law_in_force"]
