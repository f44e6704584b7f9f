"""The tables of the person files."""

from fugong.people.models.employment import Employment
from fugong.people.models.merging import FileMerge, TwoPeople
from fugong.people.models.people import Person, PersonGram

__all__ = ["Employment", "FileMerge", "Person", "PersonGram", "TwoPeople"]
