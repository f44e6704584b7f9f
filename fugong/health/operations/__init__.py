"""Writing health reports and incidents."""

from fugong.health.operations.incidents import close, look_after, notify
from fugong.health.operations.kiosks import Issued, find_kiosk, issue_kiosk, revoke_kiosk
from fugong.health.operations.measuring import LINES_MOST, Measured, measure
from fugong.health.operations.missing import mark_missing
from fugong.health.operations.reporting import report
from fugong.health.operations.sheets import CrewSheet, SheetRefused, SheetRow, report_crew
from fugong.health.operations.signs import find_signs
from fugong.health.rules.reports import ReportData

__all__ = [
    "LINES_MOST",
    "CrewSheet",
    "Issued",
    "Measured",
    "ReportData",
    "SheetRefused",
    "SheetRow",
    "close",
    "find_kiosk",
    "find_signs",
    "issue_kiosk",
    "look_after",
    "mark_missing",
    "measure",
    "notify",
    "report",
    "report_crew",
    "revoke_kiosk",
]
