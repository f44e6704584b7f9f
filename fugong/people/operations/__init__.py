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
from fugong.people.operations.crews import Leader, appoint_crew_leader, dismiss_crew_leader
from fugong.people.operations.employing import employ, end_employment
from fugong.people.operations.own_file import answer_challenge, challenge, correct_own, take_copy
from fugong.people.operations.phones import end_phone
from fugong.people.operations.registering import register
from fugong.people.operations.rolls import Opened, open_rolls
from fugong.people.operations.self_registering import CodeClosed, self_register
from fugong.people.operations.unmasking import Unmasked, unmask
from fugong.people.rules.data import EmploymentData, PersonData

__all__ = [
    "CodeClosed",
    "Confirmed",
    "EmployedElsewhere",
    "EmploymentData",
    "KnownElsewhere",
    "Leader",
    "Opened",
    "PersonData",
    "Unmasked",
    "answer_challenge",
    "appoint_crew_leader",
    "challenge",
    "close_code",
    "confirm",
    "confirm_each",
    "correct",
    "correct_own",
    "dismiss_crew_leader",
    "employ",
    "end_employment",
    "end_phone",
    "expire_registrations",
    "open_rolls",
    "refuse",
    "register",
    "renew_code",
    "self_register",
    "take_copy",
    "unmask",
]
