"""What people report of their health: the limit, the symptoms, when, and by what reports are doubted."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from fugong.playbooks.rules.schema.parts import (
    Count,
    Flag,
    Id,
    Named,
    Number,
    Part,
    Positive,
    RefTo,
    Sourced,
    Table,
    TimeOfDay,
)
from fugong.playbooks.rules.text import Text


class Symptom(Named):
    """Something a report may name. One that opens no incident is kept and shown, and calls nobody."""

    opens_incident: Flag = True


class Temperature(Sourced):
    """In degrees Celsius, to a tenth. From `limit` on it is a fever; outside lowest to highest, a mistake."""

    limit: Number
    lowest: Number = Decimal("34.0")
    highest: Number = Decimal("42.0")


class ReportWindow(Sourced):
    """For which day a report may be given, and how long it may be corrected."""

    opens_at: TimeOfDay | None = Field(None, description="a day's report may be given from this hour on")
    days_late: Count = Field(1, description="how many days back a report is still taken, marked as late")
    correction_days: Count = Field(1, description="how many days back a report may still be corrected")


class QualitySigns(Sourced):
    """From how many on something is shown to the supervisor. It is a sign, never a verdict.

    A change of `jump_tenths` within `jump_minutes` is more than a body does.
    """

    same_value_days: Positive = 7
    same_second_people: Positive = 3
    same_device_people: Positive = 5
    jump_tenths: Positive = 15
    jump_minutes: Positive = 60
    full_days: Positive = 14
    full_people: Positive = 20


class HealthExample(Part):
    """A report and whether it must open an incident."""

    name: Text
    temperature: Number | None = None
    symptoms: Annotated[tuple[Id, ...], RefTo("health.symptoms")] = ()
    opens_incident: Flag


class Health(Sourced):
    """The daily health report, and what a fever or a symptom sets going.

    `look_after` is the clock within which whoever answers for the enterprise has acted on an incident,
    `close` the one by which it ends; without a clock the end of the next day is meant.
    """

    temperature: Temperature
    symptoms: Table[Symptom] = Field(default_factory=dict)
    window: ReportWindow = ReportWindow()
    signs: QualitySigns = QualitySigns()
    look_after: Annotated[Id | None, RefTo("clocks")] = None
    close: Annotated[Id | None, RefTo("clocks")] = None
    examples: tuple[HealthExample, ...] = ()

    def alarms(self, temperature: Decimal | None, symptoms: Iterable[str]) -> bool:
        """Whether a report of this opens an incident. Symptoms the playbook does not know open none."""
        if temperature is not None and temperature >= self.temperature.limit:
            return True
        return any(each in self.symptoms and self.symptoms[each].opens_incident for each in symptoms)
