"""Writing the census."""

from fugong.census.operations.calling import (
    dial,
    record_call,
    release_case,
    take_back,
    take_next,
)
from fugong.census.operations.campaigns import close, draft, edit, open_campaign, reopen
from fugong.census.operations.drawing import draw_again, draw_open_campaigns
from fugong.census.operations.naming import add_names, open_file
from fugong.census.rules.calls import CallData
from fugong.census.rules.campaigns import CampaignData, Finding, Outcome

__all__ = [
    "CallData",
    "CampaignData",
    "Finding",
    "Outcome",
    "add_names",
    "close",
    "dial",
    "draft",
    "draw_again",
    "draw_open_campaigns",
    "edit",
    "open_campaign",
    "open_file",
    "record_call",
    "release_case",
    "reopen",
    "take_back",
    "take_next",
]
