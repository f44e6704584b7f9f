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
from fugong.people.operations.phones import end_phone
from fugong.people.operations.registering import register
from fugong.people.operations.self_registering import CodeClosed, self_register
from fugong.people.operations.travel import correct_stay, record_stay
from fugong.people.operations.unmasking import Unmasked, read_phone, unmask
from fugong.people.rules.data import EmploymentData, PersonData
from fugong.people.rules.travel import StayData

__all__ = [
    "CodeClosed",
    "Confirmed",
    "EmployedElsewhere",
    "EmploymentData",
    "KnownElsewhere",
    "PersonData",
    "StayData",
    "Unmasked",
    "answer_challenge",
    "challenge",
    "close_code",
    "confirm",
    "confirm_each",
    "correct",
    "correct_own",
    "correct_stay",
    "employ",
    "end_employment",
    "end_phone",
    "expire_registrations",
    "read_phone",
    "record_stay",
    "refuse",
    "register",
    "renew_code",
    "self_register",
    "take_copy",
    "unmask",
]
