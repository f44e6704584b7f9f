"""The tables of the person files."""

from fugong.people.models.challenges import Challenge
from fugong.people.models.crews import Crew
from fugong.people.models.devices import Device
from fugong.people.models.employment import Employment
from fugong.people.models.history import HistoryEntry
from fugong.people.models.imports import ImportBatch, ImportRow
from fugong.people.models.merging import FileMerge, TwoPeople
from fugong.people.models.paper import PaperRow, PaperSheet
from fugong.people.models.people import Person, PersonGram
from fugong.people.models.self_registration import RegistrationCode, SelfRegistration
from fugong.people.models.travel import Stay
from fugong.people.models.work_events import WorkEvent

__all__ = [
    "Challenge",
    "Crew",
    "Device",
    "Employment",
    "FileMerge",
    "HistoryEntry",
    "ImportBatch",
    "ImportRow",
    "PaperRow",
    "PaperSheet",
    "Person",
    "PersonGram",
    "RegistrationCode",
    "SelfRegistration",
    "Stay",
    "TwoPeople",
    "WorkEvent",
]
