"""The tables of the duties."""

from fugong.duties.models.duties import OPEN, Duty, DutyQuerySet
from fugong.duties.models.entries import Entry, EntryQuerySet

__all__ = ["OPEN", "Duty", "DutyQuerySet", "Entry", "EntryQuerySet"]
