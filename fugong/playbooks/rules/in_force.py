"""Which rules of a playbook are in force on a day."""

from collections.abc import Iterator, Mapping
from datetime import date

from fugong.playbooks.rules.conditions import Condition
from fugong.playbooks.rules.schema import Dated, Policy
from fugong.playbooks.rules.schema.timing import Priority, Regime, Wave


def regimes_on(policy: Policy, on: date, area: str | None = None) -> tuple[Regime, ...]:
    """The regimes in force that day in the whole locality, and in `area` if one is given."""
    return tuple(
        regime
        for regime in policy.regimes.values()
        if any(
            period.from_day <= on and (period.to_day is None or on <= period.to_day)
            for period in regime.periods
            if period.area is None or period.area == area
        )
    )


def in_force_anywhere(policy: Policy, rule: Dated, on: date) -> bool:
    """In the whole locality or in any one area of it."""
    return any(in_force(policy, rule, on, area) for area in (None, *policy.areas))


def in_force(policy: Policy, rule: Dated, on: date, area: str | None = None) -> bool:
    if not rule.is_within(on):
        return False
    return not rule.regimes or any(regime.id in rule.regimes for regime in regimes_on(policy, on, area))


def applies(condition: Condition | None, prepared: Mapping[str, object]) -> bool:
    """A rule without a condition is for everybody."""
    return condition is None or condition.holds(prepared)


def area_of(prepared: Mapping[str, object]) -> str | None:
    """The area of the applicant, whose regimes are those of its rules."""
    park = prepared.get("park")
    return park if isinstance(park, str) and park else None


def priority_of(policy: Policy, prepared: Mapping[str, object], on: date) -> Priority | None:
    """The most urgent class that fits."""
    fitting = (
        priority
        for priority in policy.priorities.values()
        if in_force(policy, priority, on, area_of(prepared)) and applies(priority.when, prepared)
    )
    return min(fitting, key=lambda priority: priority.rank, default=None)


def wave_of(policy: Policy, prepared: Mapping[str, object], on: date) -> Wave | None:
    """The first wave, in the order of the file, that takes this applicant."""
    return next(waves_of(policy, prepared, on), None)


def waves_of(policy: Policy, prepared: Mapping[str, object], on: date) -> Iterator[Wave]:
    """All waves to which this applicant may belong, in the order of the file."""
    priority = priority_of(policy, prepared, on)
    for wave in policy.waves.values():
        is_its_class = not wave.priorities or (priority is not None and priority.id in wave.priorities)
        if is_its_class and in_force(policy, wave, on, area_of(prepared)) and applies(wave.when, prepared):
            yield wave
