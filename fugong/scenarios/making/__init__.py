"""A scenario too large for data files, made from counts and words: each time the same, and marked."""

from fugong.scenarios.making.plan import Plan, planned
from fugong.scenarios.making.whole import made_scenario

__all__ = ["Plan", "made_scenario", "planned"]
