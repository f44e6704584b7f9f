"""The tables of gates, codes and passages."""

from fugong.passage.models.codes import Card, CodeKey, PhoneCode
from fugong.passage.models.devices import GateDevice
from fugong.passage.models.gates import Gate, PlaceNumber, ShiftHours, Zone
from fugong.passage.models.guests import VehiclePass, Visit
from fugong.passage.models.scans import Crossing, Scan, ScanCount, Tally
from fugong.passage.models.signs import PassageSign
from fugong.passage.models.venues import VenueCheck

__all__ = [
    "Card",
    "CodeKey",
    "Crossing",
    "Gate",
    "GateDevice",
    "PassageSign",
    "PhoneCode",
    "PlaceNumber",
    "Scan",
    "ScanCount",
    "ShiftHours",
    "Tally",
    "VehiclePass",
    "VenueCheck",
    "Visit",
    "Zone",
]
