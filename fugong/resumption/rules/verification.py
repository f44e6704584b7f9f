"""What an on-site visit comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Invalid, Sentence
from fugong.resumption.choices import CheckResult


@dataclass(frozen=True, slots=True)
class WantedCheck:
    """One check of the playbook: a pass or a fail, or (`is_count`) a number with its unit."""

    key: str
    label: str
    is_count: bool = False
    is_veto: bool = False
    needs_photo: bool = False
    minimum: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen: a result, or a count; a failed check says what was wrong."""

    result: CheckResult | None = None
    count: int | None = None
    note: str = ""
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class VisitOutcome:
    passed: bool
    vetoed_by: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def check_complete(wanted: Sequence[WantedCheck], found: Mapping[str, Finding]) -> None:
    """Raises `Invalid` naming each check that was left out, and refuses checks that nobody asked for."""
    fields: dict[str, Sentence] = {}
    for check in wanted:
        sentence = _lack(check, found.get(check.key, Finding()))
        if sentence:
            fields[check.key] = sentence
    strangers = set(found) - {check.key for check in wanted}
    if strangers:
        raise Invalid(
            _("The playbook asks for no such check: %(keys)s.") % {"keys": ", ".join(sorted(strangers))},
            code="check_not_asked",
        )
    if fields:
        raise Invalid(
            _("The visit was not saved: some checks are not finished."),
            code="visit_incomplete",
            fields=fields,
        )


def outcome(wanted: Sequence[WantedCheck], found: Mapping[str, Finding]) -> VisitOutcome:
    """Passed when no check failed. A failed veto check is named apart, because nobody can approve over it."""
    failed = tuple(check.key for check in wanted if _fails(check, found[check.key]))
    vetoes = tuple(check.key for check in wanted if check.is_veto and check.key in failed)
    return VisitOutcome(passed=not failed, vetoed_by=vetoes, failed=failed)


def _fails(check: WantedCheck, finding: Finding) -> bool:
    if check.is_count:
        return check.minimum is not None and (finding.count or 0) < check.minimum
    return finding.result is CheckResult.FAIL


def _lack(check: WantedCheck, finding: Finding) -> Sentence | None:
    if check.is_count:
        return _lack_of_count(finding)
    if finding.result is None:
        return _("Say passed or failed.")
    if finding.result is CheckResult.FAIL and not finding.note.strip():
        return _("Say what is wrong.")
    if check.needs_photo and not finding.has_photo:
        return _("Take a photo.")
    return None


def _lack_of_count(finding: Finding) -> Sentence | None:
    if finding.count is None:
        return _("Give the number.")
    return _("A number cannot be below nought.") if finding.count < 0 else None
