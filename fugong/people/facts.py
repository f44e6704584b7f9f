"""What the person files tell the others after commit."""

from typing import Final

PERSON_REGISTERED: Final = "people.PersonRegistered"
PERSON_CORRECTED: Final = "people.PersonCorrected"
EMPLOYMENT_BEGUN: Final = "people.EmploymentBegun"
EMPLOYMENT_ENDED: Final = "people.EmploymentEnded"
