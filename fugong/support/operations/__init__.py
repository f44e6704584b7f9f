"""Writing difficulties: raised, handed out, answered, and closed by the enterprise."""

from fugong.support.operations.answering import answer
from fugong.support.operations.assigning import Assignee, assign
from fugong.support.operations.closing import confirm_solved, send_back, withdraw
from fugong.support.operations.raising import Report, raise_difficulty

__all__ = [
    "Assignee",
    "Report",
    "answer",
    "assign",
    "confirm_solved",
    "raise_difficulty",
    "send_back",
    "withdraw",
]
