"""The closed lists of health reports and incidents: a short stored word, a translated label."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

SEE: Final = "health.see"
REPORT_FOR: Final = "health.report_for"
HANDLE: Final = "health.handle"
QUALITY: Final = "health.quality"
KIOSKS: Final = "health.kiosks"

PERMISSIONS: Final = {
    SEE: _("see health reports and incidents"),
    REPORT_FOR: _("report the health of people who cannot do it themselves"),
    HANDLE: _("look after incidents and close them"),
    QUALITY: _("see signs of reports that may not be believed"),
    KIOSKS: _("give thermometers at the gate their key, and take it back"),
}

REPORT_DUTY: Final = "health.report"
LOOK_AFTER_DUTY: Final = "health.look_after"
CLOSE_DUTY: Final = "health.close"

DUTY_KINDS: Final = {
    REPORT_DUTY: _("Report the day's health"),
    LOOK_AFTER_DUTY: _("Look after the incident"),
    CLOSE_DUTY: _("Close the incident"),
}

DECISION: Final = "health.incident"
DECISION_KINDS: Final = {DECISION: _("Incident from a health report")}

FEVER: Final = "fever"
SYMPTOM: Final = "symptom"
NOTIFIED: Final = "notified"
REPORT_MISSING: Final = "report_missing"
REPORTED: Final = "health_report"

EVIDENCE_KINDS: Final = {
    FEVER: _("Fever"),
    SYMPTOM: _("Symptom"),
    NOTIFIED: _("Incident notified from outside"),
    REPORT_MISSING: _("Health report missing"),
    REPORTED: _("Health report"),
}

SUBJECT: Final = "health.incident"
DATA_CLASS: Final = "health"


class Way(TextChoices):
    """How a report came in."""

    OWN = "own", _("By the worker")
    CREW = "crew", _("On the crew's sheet")
    KIOSK = "kiosk", _("By a thermometer")
    PROXY = "proxy", _("Reported for the worker")


class Reading(TextChoices):
    """What is known of the temperature. A number is never made up for one that was only seen to be normal."""

    VALUE = "value", _("Measured")
    BELOW = "below", _("Measured, below the limit")
    NONE = "none", _("Not measured, no thermometer")


class Place(TextChoices):
    WORK = "work", _("At work")
    LODGING = "lodging", _("At the lodging")
    AWAY = "away", _("Away")


class IncidentKind(TextChoices):
    FEVER = FEVER, _("Fever")
    SYMPTOM = SYMPTOM, _("Symptom")
    NOTIFIED = NOTIFIED, _("Notified from outside")


class IncidentState(TextChoices):
    OPEN = "open", _p("incident", "Open")
    LOOKED_AFTER = "looked_after", _("Looked after")
    CLOSED = "closed", _p("incident", "Closed")


UNDER_WAY: Final = (IncidentState.OPEN, IncidentState.LOOKED_AFTER)


class Measure(TextChoices):
    """What was done for the person first."""

    SEPARATED = "separated", _("Separated from the others, and watched")
    TO_CLINIC = "to_clinic", _("Brought to the fever clinic")
    AT_LODGING = "at_lodging", _("Stays at the lodging")
    ADVISED = "advised", _("Advised by telephone")


class Outcome(TextChoices):
    """How an incident ended."""

    RULED_OUT = "ruled_out", _("Examined and ruled out")
    RECOVERED = "recovered", _("Recovered")
    ENTRY_ERROR = "entry_error", _("Measured or typed in wrongly")
    CONFIRMED = "confirmed", _("Confirmed, handed over to the health authority")


class Step(TextChoices):
    """What may happen to an incident; the word stands in its events."""

    OPEN = "open", _("Incident opened")
    AGAIN = "again", _("Reported again")
    CORRECTED = "corrected", _("The report was corrected")
    LOOK_AFTER = "look_after", _("Somebody looked after the person")
    CLOSE = "close", _("Incident closed")


class Sign(TextChoices):
    """Why reports may not be believed. For the supervisor's eyes; nothing follows by machine."""

    SAME_VALUE = "same_value", _("Always the same temperature")
    SAME_SECOND = "same_second", _("Several people in the same second")
    SAME_DEVICE = "same_device", _("Several people from the same device")
    JUMP = "jump", _("Temperatures that cannot follow each other")
    FULL_RATE = "full_rate", _("Everybody, every day")
