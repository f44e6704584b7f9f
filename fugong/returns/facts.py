"""What returns tell the others after commit. Payloads: return, person, enterprise."""

from typing import Final

RETURN_PLANNED: Final = "returns.ReturnPlanned"
RETURN_DECIDED_ANEW: Final = "returns.ReturnDecidedAnew"
PERSON_ARRIVED: Final = "returns.PersonArrived"
RETURN_CANCELLED: Final = "returns.ReturnCancelled"
