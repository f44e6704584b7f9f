"""Writing person files."""

from fugong.people.operations.checks import EmployedElsewhere, KnownElsewhere
from fugong.people.operations.correcting import correct
from fugong.people.operations.employing import employ, end_employment
from fugong.people.operations.registering import register
from fugong.people.operations.travel import correct_stay, record_stay
from fugong.people.operations.unmasking import Unmasked, read_phone, unmask
from fugong.people.rules.data import EmploymentData, PersonData
from fugong.people.rules.travel import StayData

__all__ = [
    "EmployedElsewhere",
    "EmploymentData",
    "KnownElsewhere",
    "PersonData",
    "StayData",
    "Unmasked",
    "correct",
    "correct_stay",
    "employ",
    "end_employment",
    "read_phone",
    "record_stay",
    "register",
    "unmask",
]
