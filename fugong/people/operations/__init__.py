"""Writing person files."""

from fugong.people.operations.checks import EmployedElsewhere, KnownElsewhere
from fugong.people.operations.correcting import correct
from fugong.people.operations.crews import Leader, appoint_crew_leader, dismiss_crew_leader
from fugong.people.operations.employing import employ, end_employment
from fugong.people.operations.registering import register
from fugong.people.operations.rolls import Opened, open_rolls
from fugong.people.operations.unmasking import Unmasked, unmask
from fugong.people.rules.data import EmploymentData, PersonData

__all__ = [
    "EmployedElsewhere",
    "EmploymentData",
    "KnownElsewhere",
    "Leader",
    "Opened",
    "PersonData",
    "Unmasked",
    "appoint_crew_leader",
    "correct",
    "dismiss_crew_leader",
    "employ",
    "end_employment",
    "open_rolls",
    "register",
    "unmask",
]
