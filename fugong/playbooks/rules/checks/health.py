"""The health table: a limit a body can reach, and examples that show both sides of it."""

from collections.abc import Iterator
from decimal import Decimal

from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.health import Health, Temperature

_OF_A_BODY = (Decimal("30.0"), Decimal("45.0"))
_TEMPERATURE = ("health", "temperature")


def check_health(policy: Policy) -> Iterator[Problem]:
    health = policy.health
    if health is None:
        return
    yield from _temperature_fits(health.temperature)
    yield from _has_both_examples(health)
    if health.window.correction_days < health.window.days_late:
        yield Problem(
            ("health", "window", "correction_days"),
            "is less than the days a report may be late, which then could not be corrected",
            "write at least as many days as days_late",
        )


def degrees_fit(path: KeyPath, value: Decimal) -> Iterator[Problem]:
    """A temperature that a body can have, as fine as a thermometer reads it."""
    least, most = _OF_A_BODY
    if not least <= value <= most:
        yield Problem(
            path,
            f"is {value}, which no body has: degrees Celsius are meant",
            f"write a number from {least} to {most}",
        )
    elif value != round(value, 1):
        yield Problem(
            path,
            f"is {value}, finer than a thermometer reads",
            "write tenths of a degree, such as 37.3",
        )


def _temperature_fits(given: Temperature) -> Iterator[Problem]:
    for key in ("limit", "lowest", "highest"):
        yield from degrees_fit((*_TEMPERATURE, key), getattr(given, key))
    if not given.lowest < given.limit < given.highest:
        yield Problem(
            (*_TEMPERATURE, "limit"),
            "does not lie between the lowest and the highest temperature that is believed",
            "put lowest, limit and highest in this order",
        )


def _has_both_examples(health: Health) -> Iterator[Problem]:
    shown = {example.opens_incident for example in health.examples}
    if shown != {True, False}:
        yield Problem(
            ("health", "examples"),
            "does not show both sides of the limit",
            "write [[health.examples]] that open an incident, and such that open none",
        )
