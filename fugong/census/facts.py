"""What the census tells the others after commit. Payloads: campaign, case, person (empty: no file yet)."""

from typing import Final

CAMPAIGN_OPENED: Final = "census.CampaignOpened"
CAMPAIGN_CLOSED: Final = "census.CampaignClosed"
CALL_RECORDED: Final = "census.CallRecorded"
CALL_TAKEN_BACK: Final = "census.CallTakenBack"
