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
from fugong.people.operations.history import correct_history, record_history
from fugong.people.operations.importing import (
    choose_rows,
    confirm_import,
    discard_import,
    expire_imports,
    import_staff,
    read_import,
    start_import,
    take_over,
)
from fugong.people.operations.merging import merge, say_two_people, undo_merge
from fugong.people.operations.own_file import answer_challenge, challenge, correct_own, take_copy
from fugong.people.operations.paper import begin_sheet, keep_row
from fugong.people.operations.phones import end_phone, hold_phone
from fugong.people.operations.registering import register
from fugong.people.operations.rolls import Opened, open_rolls
from fugong.people.operations.self_registering import CodeClosed, self_register
from fugong.people.operations.travel import correct_stay, record_stay
from fugong.people.operations.unmasking import Unmasked, read_phone, unmask
from fugong.people.rules.data import EmploymentData, PersonData
from fugong.people.rules.history import HistoryData
from fugong.people.rules.travel import StayData

__all__ = [
    "CodeClosed",
    "Confirmed",
    "EmployedElsewhere",
    "EmploymentData",
    "HistoryData",
    "KnownElsewhere",
    "Leader",
    "Opened",
    "PersonData",
    "StayData",
    "Unmasked",
    "answer_challenge",
    "appoint_crew_leader",
    "begin_sheet",
    "challenge",
    "choose_rows",
    "close_code",
    "confirm",
    "confirm_each",
    "confirm_import",
    "correct",
    "correct_history",
    "correct_own",
    "correct_stay",
    "discard_import",
    "dismiss_crew_leader",
    "employ",
    "end_employment",
    "end_phone",
    "expire_imports",
    "expire_registrations",
    "hold_phone",
    "import_staff",
    "keep_row",
    "merge",
    "open_rolls",
    "read_import",
    "read_phone",
    "record_history",
    "record_stay",
    "refuse",
    "register",
    "renew_code",
    "say_two_people",
    "self_register",
    "start_import",
    "take_copy",
    "take_over",
    "undo_merge",
    "unmask",
]
