"""What contexts show of a playbook that is proposed, tried on the record; brought at start-up.

Loads no models, so that an AppConfig may import it; what a context brings it names by `import_string`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from fugong.core.actor import Actor

Values = Mapping[str, object]
Provider = Callable[[Actor, Any, date, datetime], Values | None]
"""Given who asks, the `Playbook`, the day from which it would be in force, and now."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One part of the page. The provider only reads, and gives None where there is nothing to say."""

    key: str
    label: str | Promise
    template: str
    provider: Provider


@dataclass(frozen=True, slots=True)
class Shown:
    key: str
    label: str | Promise
    template: str
    values: Values


_rehearsals: dict[str, Rehearsal] = {}


def register_rehearsal(rehearsal: Rehearsal) -> None:
    """Called from a context's AppConfig.ready. The same key twice is a programming mistake."""
    if _rehearsals.setdefault(rehearsal.key, rehearsal) != rehearsal:
        raise ValueError(f"The rehearsal {rehearsal.key} is registered twice.")


def rehearsed(actor: Actor, playbook: Any, *, from_day: date, now: datetime) -> list[Shown]:
    given = ((each, each.provider(actor, playbook, from_day, now)) for each in _rehearsals.values())
    return [
        Shown(each.key, each.label, each.template, values) for each, values in given if values is not None
    ]
