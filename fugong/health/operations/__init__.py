"""Writing health reports and incidents."""

from fugong.health.operations.incidents import close, look_after, notify
from fugong.health.operations.reporting import report
from fugong.health.operations.sheets import CrewSheet, SheetRefused, SheetRow, report_crew
from fugong.health.rules.reports import ReportData

__all__ = [
    "CrewSheet",
    "ReportData",
    "SheetRefused",
    "SheetRow",
    "close",
    "look_after",
    "notify",
    "report",
    "report_crew",
]
