"""The tables of health."""

from fugong.health.models.incidents import Incident, IncidentEvent
from fugong.health.models.kiosks import Kiosk, KioskCall
from fugong.health.models.reports import HealthReport
from fugong.health.models.signs import QualitySign

__all__ = ["HealthReport", "Incident", "IncidentEvent", "Kiosk", "KioskCall", "QualitySign"]
