"""The tables of the duties."""

from fugong.duties.models.duties import OPEN, Duty, DutyQuerySet
from fugong.duties.models.entries import Entry, EntryQuerySet
from fugong.duties.models.reminders import Message, OwnChannel, Reminder, ReminderChoice

__all__ = [
    "OPEN",
    "Duty",
    "DutyQuerySet",
    "Entry",
    "EntryQuerySet",
    "Message",
    "OwnChannel",
    "Reminder",
    "ReminderChoice",
]
