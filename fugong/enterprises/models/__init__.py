"""What is kept of enterprises."""

from fugong.enterprises.models.enterprises import Enterprise, NameGram, Premises, RegisterEvent
from fugong.enterprises.models.imports import ImportBatch, ImportRow
from fugong.enterprises.models.standing import Standing, StandingCount, StandingEvent

__all__ = [
    "Enterprise",
    "ImportBatch",
    "ImportRow",
    "NameGram",
    "Premises",
    "RegisterEvent",
    "Standing",
    "StandingCount",
    "StandingEvent",
]
