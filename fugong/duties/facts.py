"""What the duties tell other contexts after commit."""

from typing import Final

# payload: duty, kind, subject, escalate_to (a permission, empty where persons are told), users
DUTY_ESCALATED: Final = "duties.DutyEscalated"
