"""The tables of the person files."""

from fugong.people.models.employment import Employment
from fugong.people.models.imports import ImportBatch, ImportRow
from fugong.people.models.people import Person, PersonGram
from fugong.people.models.work_events import WorkEvent

__all__ = ["Employment", "ImportBatch", "ImportRow", "Person", "PersonGram", "WorkEvent"]
