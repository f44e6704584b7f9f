"""What contexts show of a playbook that is proposed, tried on the record; brought at start-up.

Loads no models, so that an AppConfig may import it; what a context brings it names by `import_string`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from fugong.core.actor import Actor
from fugong.core.web.sections import Sections, Shown, Values

Provider = Callable[[Actor, Any, date, datetime], Values | None]
"""Given who asks, the `Playbook`, the day from which it would be in force, and now."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One part of the page. The provider only reads, and gives None where there is nothing to say."""

    key: str
    label: str | Promise
    template: str
    provider: Provider
    order: int = 50


_rehearsals: Sections[Rehearsal] = Sections()


def register_rehearsal(rehearsal: Rehearsal) -> None:
    """Called from a context's AppConfig.ready."""
    _rehearsals.register(rehearsal)


def rehearsed(actor: Actor, playbook: Any, *, from_day: date, now: datetime) -> list[Shown]:
    return _rehearsals.shown(actor, playbook, from_day, now)
