"""Writing duties. `owe`, `owe_each`, `owe_roll`, `owe_rolls`, `tick`, `settle`, `withdraw`,
`withdraw_entries` and `give_rolls` join the operation of the context whose subject it is.
"""

from fugong.duties.choices import DutyOwner, DutySubject
from fugong.duties.operations.choosing import choose_channel, mute, try_channel
from fugong.duties.operations.entries import excuse_entry, give_rolls, withdraw_entries
from fugong.duties.operations.escalation import escalate_due
from fugong.duties.operations.excuses import excuse
from fugong.duties.operations.handing_over import hand_over
from fugong.duties.operations.owing import owe, owe_each, settle, withdraw
from fugong.duties.operations.releasing import release_enterprise
from fugong.duties.operations.reminding import remind_due
from fugong.duties.operations.rolls import lapse_rolls, owe_roll, owe_rolls, tick

__all__ = [
    "DutyOwner",
    "DutySubject",
    "choose_channel",
    "escalate_due",
    "excuse",
    "excuse_entry",
    "give_rolls",
    "hand_over",
    "lapse_rolls",
    "mute",
    "owe",
    "owe_each",
    "owe_roll",
    "owe_rolls",
    "release_enterprise",
    "remind_due",
    "settle",
    "tick",
    "try_channel",
    "withdraw",
    "withdraw_entries",
]
