"""Writing person files."""

from fugong.people.operations.checks import EmployedElsewhere, KnownElsewhere
from fugong.people.operations.correcting import correct
from fugong.people.operations.employing import employ, end_employment
from fugong.people.operations.importing import (
    choose_row,
    confirm_import,
    discard_import,
    expire_imports,
    import_staff,
    read_import,
    start_import,
    take_over,
)
from fugong.people.operations.registering import register
from fugong.people.operations.unmasking import Unmasked, unmask
from fugong.people.rules.data import EmploymentData, PersonData

__all__ = [
    "EmployedElsewhere",
    "EmploymentData",
    "KnownElsewhere",
    "PersonData",
    "Unmasked",
    "choose_row",
    "confirm_import",
    "correct",
    "discard_import",
    "employ",
    "end_employment",
    "expire_imports",
    "import_staff",
    "read_import",
    "register",
    "start_import",
    "take_over",
    "unmask",
]
