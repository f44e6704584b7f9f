"""The tables of the census."""

from fugong.census.models.calls import Call
from fugong.census.models.campaigns import Campaign
from fugong.census.models.cases import Case

__all__ = ["Call", "Campaign", "Case"]
