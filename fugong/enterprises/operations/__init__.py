"""All writing to the register."""

from fugong.enterprises.operations.changes import update
from fugong.enterprises.operations.checks import DuplicateEnterprise
from fugong.enterprises.operations.importing import (
    confirm_import,
    discard_import,
    expire_imports,
    read_import,
    start_import,
    take_over,
)
from fugong.enterprises.operations.leaving import leave_park, readmit
from fugong.enterprises.operations.premises import add_premises, end_premises
from fugong.enterprises.operations.register import register
from fugong.enterprises.operations.standing import lock_standing, record_standing
from fugong.enterprises.rules.data import EnterpriseData

__all__ = [
    "DuplicateEnterprise",
    "EnterpriseData",
    "add_premises",
    "confirm_import",
    "discard_import",
    "end_premises",
    "expire_imports",
    "leave_park",
    "lock_standing",
    "read_import",
    "readmit",
    "record_standing",
    "register",
    "start_import",
    "take_over",
    "update",
]
