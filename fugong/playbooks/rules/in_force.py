"""Which rules of a playbook are in force on a day."""

from collections.abc import Mapping
from datetime import date

from fugong.playbooks.rules.conditions import Condition
from fugong.playbooks.rules.schema import Dated, Policy
from fugong.playbooks.rules.schema.timing import Regime


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


def in_force(policy: Policy, rule: Dated, on: date, area: str | None = None) -> bool:
    if not rule.is_within(on):
        return False
    return not rule.regimes or any(regime.id in rule.regimes for regime in regimes_on(policy, on, area))


def applies(condition: Condition | None, prepared: Mapping[str, object]) -> bool:
    """A rule without a condition is for everybody."""
    return condition is None or condition.holds(prepared)
