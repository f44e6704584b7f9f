"""Writing person files."""

from fugong.people.operations.checks import EmployedElsewhere, KnownElsewhere
from fugong.people.operations.correcting import correct
from fugong.people.operations.employing import employ, end_employment
from fugong.people.operations.merging import merge, say_two_people, undo_merge
from fugong.people.operations.registering import register
from fugong.people.operations.unmasking import Unmasked, unmask
from fugong.people.rules.data import EmploymentData, PersonData

__all__ = [
    "EmployedElsewhere",
    "EmploymentData",
    "KnownElsewhere",
    "PersonData",
    "Unmasked",
    "correct",
    "employ",
    "end_employment",
    "merge",
    "register",
    "say_two_people",
    "undo_merge",
    "unmask",
]
