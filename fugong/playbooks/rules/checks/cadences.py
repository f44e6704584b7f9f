"""Cadences whose keys go together; people only where somebody is asked about people."""

from collections.abc import Iterator

from fugong.playbooks.choices import PeriodUnit, SubjectKind
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.timing import Cadence

OF_PEOPLE = ("who", "share_percent", "at_least", "at_times", "opens_minutes_before", "grace_minutes")
OF_ENTERPRISES = ("when", "by")


def check_cadences(policy: Policy) -> Iterator[Problem]:
    for id_, cadence in policy.cadences.items():
        path: KeyPath = ("cadences", id_)
        yield from _keys_fit(path, cadence)
        yield from _times_in_order(path, cadence)
    for id_, subject in policy.subjects.items():
        if subject.kind is SubjectKind.PERSON:
            yield _no_person(("subjects", id_, "kind"))
    for id_, assignment in policy.assignments.items():
        if SubjectKind.PERSON in assignment.subjects:
            yield _no_person(("assignments", id_, "subjects"))


def _keys_fit(path: KeyPath, cadence: Cadence) -> Iterator[Problem]:
    if cadence.is_for_people and len(cadence.subjects) > 1:
        yield Problem(
            (*path, "subjects"), "names people and others together", "write a cadence of its own for people"
        )
    strange = OF_ENTERPRISES if cadence.is_for_people else OF_PEOPLE
    whose = "enterprises" if cadence.is_for_people else "people"
    for key in strange:
        if key in cadence.model_fields_set:
            advice = 'write the condition as who = "…"' if key == "when" else "remove it"
            yield Problem((*path, key), f"belongs to cadences of {whose}", advice)
    if cadence.at_least is not None and cadence.share_percent is None:
        yield Problem((*path, "at_least"), "is a least number without a share", "add share_percent")


def _times_in_order(path: KeyPath, cadence: Cadence) -> Iterator[Problem]:
    times = cadence.at_times
    if times and (cadence.due_at is not None or cadence.for_previous_day):
        yield Problem((*path, "at_times"), "stands beside another deadline", "keep at_times alone")
    if list(times) != sorted(set(times)):
        yield Problem((*path, "at_times"), "does not rise", "write the earlier time first, each once")
    is_daily = cadence.unit is PeriodUnit.DAY and cadence.every == 1
    if cadence.is_for_people and cadence.for_previous_day and not is_daily:
        yield Problem((*path, "for_previous_day"), "is about one day, and falls due on fewer", "remove it")


def _no_person(path: KeyPath) -> Problem:
    return Problem(path, "people are no applicants", "people stand in cadences only")
