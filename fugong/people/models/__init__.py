"""The tables of the person files."""

from fugong.people.models.crews import Crew
from fugong.people.models.employment import Employment
from fugong.people.models.imports import ImportBatch, ImportRow
from fugong.people.models.people import Person, PersonGram

__all__ = ["Crew", "Employment", "ImportBatch", "ImportRow", "Person", "PersonGram"]
