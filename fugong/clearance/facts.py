"""What the clearance tells other contexts after commit."""

from typing import Final

# payload: person, before (empty: there was none), level, asks
LEVEL_CHANGED: Final = "clearance.LevelChanged"
APPEAL_MADE: Final = "clearance.AppealMade"
APPEAL_ANSWERED: Final = "clearance.AppealAnswered"
