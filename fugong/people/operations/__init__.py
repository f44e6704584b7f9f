"""Writing person files."""

from fugong.people.operations.checks import EmployedElsewhere, KnownElsewhere
from fugong.people.operations.codes import close_code, renew_code
from fugong.people.operations.confirming import (
    Confirmed,
    confirm,
    confirm_each,
    expire_registrations,
    refuse,
)
from fugong.people.operations.correcting import correct
from fugong.people.operations.employing import employ, end_employment
from fugong.people.operations.own_file import answer_challenge, challenge, correct_own, take_copy
from fugong.people.operations.paper import begin_sheet, keep_row
from fugong.people.operations.phones import end_phone
from fugong.people.operations.registering import register
from fugong.people.operations.self_registering import CodeClosed, self_register
from fugong.people.operations.unmasking import Unmasked, unmask
from fugong.people.rules.data import EmploymentData, PersonData

__all__ = [
    "CodeClosed",
    "Confirmed",
    "EmployedElsewhere",
    "EmploymentData",
    "KnownElsewhere",
    "PersonData",
    "Unmasked",
    "answer_challenge",
    "begin_sheet",
    "challenge",
    "close_code",
    "confirm",
    "confirm_each",
    "correct",
    "correct_own",
    "employ",
    "end_employment",
    "end_phone",
    "expire_registrations",
    "keep_row",
    "refuse",
    "register",
    "renew_code",
    "self_register",
    "take_copy",
    "unmask",
]
