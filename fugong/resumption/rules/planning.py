"""What an enterprise may plan, and whether it may apply at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Conflict, Invalid, Sentence
from fugong.enterprises.choices import StandingState
from fugong.resumption.choices import Purpose

LAST = 99
"""The rank of applicants in no priority class: after all that are in one."""

_STANDING_FOR = {Purpose.RESUME: StandingState.NOT_RESUMED, Purpose.REOPEN: StandingState.SUSPENDED}


@dataclass(frozen=True, slots=True)
class Plan:
    """When, and with how many people, work is to start."""

    starts_on: date
    staff: int


def check_purpose(purpose: Purpose, standing: StandingState, *, renews: bool = False) -> None:
    """Raises `Conflict`: a working enterprise has nothing to apply for, a suspended one asks
    for re-opening.

    `renews`: it works, and its certificate counts no longer or soon will not.
    """
    if renews and (purpose, standing) == (Purpose.RESUME, StandingState.RESUMED):
        return
    if standing is not _STANDING_FOR[purpose]:
        raise Conflict(
            _("The enterprise stands at “%(standing)s”; it cannot apply to “%(purpose)s”.")
            % {"standing": standing.label, "purpose": purpose.label},
            code="wrong_standing",
        )


def check_present(left_on: date | None) -> None:
    if left_on is not None:
        raise Conflict(_("The enterprise has left the park; it cannot apply."), code="has_left")


def check_plan(plan: Plan, *, today: date, normal_staff: int | None) -> None:
    fields: dict[str, Sentence] = {}
    if plan.starts_on < today:
        fields["planned_on"] = _("This day is past.")
    if normal_staff is not None and plan.staff > normal_staff:
        fields["planned_staff"] = _(
            "The register says %(staff)s people normally. Plan no more, or correct it."
        ) % {"staff": normal_staff}
    if fields:
        raise Invalid(_("The plan cannot be right: look at the marked fields."), code="plan", fields=fields)


def check_not_before(starts_on: date, *, earliest: date | None, clause: str) -> None:
    """The playbook's date before which nothing starts; the refusal names its clause."""
    if earliest is None or starts_on >= earliest:
        return
    raise Invalid(
        _("Work cannot start before %(day)s (%(clause)s).") % {"day": earliest.isoformat(), "clause": clause},
        code="not_before",
        fields={"planned_on": _("Choose %(day)s or later.") % {"day": earliest.isoformat()}},
    )
