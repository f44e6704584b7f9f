"""All writing to the register."""

from fugong.enterprises.operations.changes import update
from fugong.enterprises.operations.checks import DuplicateEnterprise
from fugong.enterprises.operations.exports import record_export
from fugong.enterprises.operations.leaving import leave_park, readmit
from fugong.enterprises.operations.register import register
from fugong.enterprises.operations.standing import record_standing
from fugong.enterprises.rules.data import EnterpriseData

__all__ = [
    "DuplicateEnterprise",
    "EnterpriseData",
    "leave_park",
    "readmit",
    "record_export",
    "record_standing",
    "register",
    "update",
]
