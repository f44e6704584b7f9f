"""The tables of the person files."""

from fugong.people.models.employment import Employment
from fugong.people.models.people import Person, PersonGram
from fugong.people.models.travel import Stay

__all__ = ["Employment", "Person", "PersonGram", "Stay"]
