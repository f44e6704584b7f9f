"""What looks odd in a daily production report. A finding is shown beside the numbers; nobody is punished by
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Invalid, Sentence
from fugong.resumption.choices import Implausible

CAPACITY_MOST = 150
"""Percent of normal output; above it the report is refused as a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an enterprise says of one day: heads on post, output in percent of normal output."""

    day: date
    on_post: int
    capacity_percent: int


@dataclass(frozen=True, slots=True)
class Tolerance:
    """When a report looks odd. Product defaults; no playbook has had an opinion so far."""

    staff_factor: float = 1.1
    same_days: int = 5
    jump_share: float = 0.5
    jump_least: int = 10


def check_numbers(numbers: Numbers) -> None:
    """Raises `Invalid` for what cannot be: these are slips, not oddities."""
    fields: dict[str, Sentence] = {}
    if numbers.on_post < 0:
        fields["on_post"] = _("People on post cannot be fewer than none.")
    if not 0 <= numbers.capacity_percent <= CAPACITY_MOST:
        fields["capacity_percent"] = _("Give a percentage from 0 to %(most)s.") % {"most": CAPACITY_MOST}
    if fields:
        raise Invalid(
            _("The report was not saved: look at the marked numbers."), code="numbers", fields=fields
        )


def check_day(day: date, *, today: date, first_day: date | None) -> None:
    """A report is for today or a day past, from the day the enterprise resumed; never for tomorrow."""
    if day > today:
        raise Invalid(
            _("%(day)s has not come yet. A report is for today or a day past.") % {"day": day.isoformat()},
            code="day_to_come",
            fields={"day": _("This day has not come yet.")},
        )
    if first_day is None or day < first_day:
        raise Invalid(
            _("On %(day)s the enterprise had not resumed, so there is nothing to report.")
            % {"day": day.isoformat()},
            code="not_resumed",
            fields={"day": _("The enterprise had not resumed on this day.")},
        )


def find_implausible(
    numbers: Numbers,
    *,
    normal_staff: int | None,
    before: Sequence[Numbers],
    tolerance: Tolerance | None = None,
) -> list[Implausible]:
    """`before`: the reports in force of earlier days, any order. The result is in the order of the list."""
    limits = tolerance or Tolerance()
    earlier = sorted((report for report in before if report.day < numbers.day), key=lambda report: report.day)
    tests = {
        Implausible.MORE_THAN_STAFF: normal_staff is not None
        and numbers.on_post > normal_staff * limits.staff_factor,
        Implausible.NEVER_CHANGING: _never_changes(numbers, earlier, limits),
        Implausible.JUMP: bool(earlier) and _jumps(numbers, earlier[-1], limits),
        Implausible.CAPACITY_WITHOUT_PEOPLE: numbers.capacity_percent > 0 and numbers.on_post == 0,
    }
    return [finding for finding, is_so in tests.items() if is_so]


def _never_changes(numbers: Numbers, earlier: Sequence[Numbers], limits: Tolerance) -> bool:
    """The day itself and the days directly before it, all with the same two numbers."""
    by_day = {report.day: report for report in earlier}
    run = [by_day.get(numbers.day - timedelta(days=back)) for back in range(1, limits.same_days)]
    return all(
        report is not None
        and (report.on_post, report.capacity_percent) == (numbers.on_post, numbers.capacity_percent)
        for report in run
    )


def _jumps(numbers: Numbers, last: Numbers, limits: Tolerance) -> bool:
    """People: by more than the share and the least number. Output: by more than half of the scale of 100."""
    people = abs(numbers.on_post - last.on_post)
    output = abs(numbers.capacity_percent - last.capacity_percent)
    return (people > last.on_post * limits.jump_share and people >= limits.jump_least) or (
        output > 100 * limits.jump_share
    )
