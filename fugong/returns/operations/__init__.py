"""Writing planned returns."""

from fugong.returns.operations.arriving import arrive
from fugong.returns.operations.planning import cancel, change, plan
from fugong.returns.operations.redeciding import redecide, redecide_people, redecide_person
from fugong.returns.rules import ReturnData

__all__ = [
    "ReturnData",
    "arrive",
    "cancel",
    "change",
    "plan",
    "redecide",
    "redecide_people",
    "redecide_person",
]
