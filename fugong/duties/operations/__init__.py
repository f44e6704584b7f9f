"""Writing duties. `owe`, `owe_each`, `settle` and `withdraw` join the operation of the context whose
subject it is.
"""

from fugong.duties.choices import DutyOwner, DutySubject
from fugong.duties.operations.escalation import escalate_due
from fugong.duties.operations.excuses import excuse
from fugong.duties.operations.handing_over import hand_over
from fugong.duties.operations.owing import owe, owe_each, settle, withdraw
from fugong.duties.operations.releasing import release_enterprise

__all__ = [
    "DutyOwner",
    "DutySubject",
    "escalate_due",
    "excuse",
    "hand_over",
    "owe",
    "owe_each",
    "release_enterprise",
    "settle",
    "withdraw",
]
