"""Days in the right order, and nothing in force twice at once."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from fugong.playbooks.choices import Validity, WaveMode
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Dated, Policy, parts_of
from fugong.playbooks.rules.schema.timing import RegimePeriod


def overlap(first: tuple[date | None, date | None], second: tuple[date | None, date | None]) -> bool:
    """Whether two periods share a day. Both ends are inclusive; None is without end."""
    starts_after = first[0] is not None and second[1] is not None and first[0] > second[1]
    ends_before = first[1] is not None and second[0] is not None and first[1] < second[0]
    return not (starts_after or ends_before)


def check_periods(policy: Policy) -> Iterator[Problem]:
    head = policy.playbook
    yield from _in_order(("playbook", "effective_to"), head.effective_from, head.effective_to)
    for path, part in parts_of(policy):
        if isinstance(part, Dated):
            yield from _in_order((*path, "in_force_to"), part.in_force_from, part.in_force_to)
        if isinstance(part, RegimePeriod):
            yield from _in_order((*path, "to_day"), part.from_day, part.to_day)
    yield from _regimes_apart(policy)
    yield from _waves_dated(policy)
    yield from _ranks_apart(policy)
    certificate = policy.certificate
    if certificate and (certificate.validity is Validity.DAYS) is (certificate.days is None):
        yield Problem(
            ("certificate", "validity"),
            f"“{certificate.validity}” and the key days do not fit together",
            'write validity = "days" with days, or "until-revoked" without',
        )


def _in_order(path: KeyPath, start: date | None, end: date | None) -> Iterator[Problem]:
    if start is not None and end is not None and end < start:
        yield Problem(
            path, f"ends on {end}, before it starts on {start}", "let it end on or after its first day"
        )


def _regimes_apart(policy: Policy) -> Iterator[Problem]:
    """Two regimes of one axis cannot be in force in the same place on the same day."""
    periods = [
        (regime, index, period)
        for regime in policy.regimes.values()
        for index, period in enumerate(regime.periods)
    ]
    for (first, _, one), (second, index, other) in combinations(periods, 2):
        same_place = one.area == other.area or None in (one.area, other.area)
        if first.axis == second.axis and same_place and overlap(_days(one), _days(other)):
            yield Problem(
                ("regimes", second.id, "periods", index),
                f"overlaps a period of “{first.id}” on the axis “{first.axis}”",
                "end the earlier one on the day before",
            )


def _days(period: RegimePeriod) -> tuple[date, date | None]:
    return period.from_day, period.to_day


def _waves_dated(policy: Policy) -> Iterator[Problem]:
    for id_, wave in policy.waves.items():
        if (wave.mode is WaveMode.DATED) is (wave.opens_on is None):
            yield Problem(
                ("waves", id_, "mode"),
                f"“{wave.mode}” and the key opens_on do not fit together",
                'write mode = "dated" with opens_on, or "each-when-ready" without',
            )


def _ranks_apart(policy: Policy) -> Iterator[Problem]:
    seen: dict[int, str] = {}
    for id_, priority in policy.priorities.items():
        if priority.rank in seen:
            yield Problem(
                ("priorities", id_, "rank"),
                f"rank {priority.rank} is already that of “{seen[priority.rank]}”",
                "give each class a rank of its own",
            )
        seen[priority.rank] = id_
