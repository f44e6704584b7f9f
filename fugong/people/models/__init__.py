"""The tables of the person files."""

from fugong.people.models.challenges import Challenge
from fugong.people.models.devices import Device
from fugong.people.models.employment import Employment
from fugong.people.models.people import Person, PersonGram
from fugong.people.models.self_registration import RegistrationCode, SelfRegistration
from fugong.people.models.travel import Stay

__all__ = [
    "Challenge",
    "Device",
    "Employment",
    "Person",
    "PersonGram",
    "RegistrationCode",
    "SelfRegistration",
    "Stay",
]
