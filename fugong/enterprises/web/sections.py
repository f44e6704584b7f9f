"""What other contexts show on an enterprise's page, brought by them at start-up: it knows none of them.

Loads no models, so that an AppConfig may import it; what a context brings it names by `import_string`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from fugong.core.actor import Actor
from fugong.core.web.parts import Step

Values = Mapping[str, object]
Provider = Callable[[Actor, Any, datetime], Values | None]
"""Given who asks, the `Enterprise` with its area and standing, and now."""

StepsProvider = Callable[[Actor, Any, datetime], Iterable[Step]]


@dataclass(frozen=True, slots=True)
class Section:
    """One panel of the page. `template` draws its inside and gets what `provider` gives, as `section`.

    The provider looks at permissions itself and gives None where nothing is to be shown. It takes a fixed
    number of statements. Lower `order` stands higher.
    """

    key: str
    label: str | Promise
    template: str
    provider: Provider
    order: int = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with its values, ready for the template."""

    key: str
    label: str | Promise
    template: str
    values: Values


_sections: dict[str, Section] = {}
_timelines: dict[str, StepsProvider] = {}


def register_section(section: Section) -> None:
    """Called from a context's AppConfig.ready. The same key twice is a programming mistake."""
    if _sections.setdefault(section.key, section) != section:
        raise ValueError(f"The section {section.key} is registered twice.")


def register_timeline(key: str, provider: StepsProvider) -> None:
    """What a context adds to the enterprise's one timeline; in any order, the page sorts."""
    if _timelines.setdefault(key, provider) is not provider:
        raise ValueError(f"The timeline {key} is registered twice.")


def sections_for(actor: Actor, enterprise: Any, *, now: datetime) -> list[Shown]:
    ordered = sorted(_sections.values(), key=lambda section: (section.order, section.key))
    given = ((section, section.provider(actor, enterprise, now)) for section in ordered)
    return [
        Shown(section.key, section.label, section.template, values)
        for section, values in given
        if values is not None
    ]


def timeline_for(actor: Actor, enterprise: Any, *, now: datetime) -> list[Step]:
    """All steps of all contexts, the latest first."""
    steps = [step for provider in _timelines.values() for step in provider(actor, enterprise, now)]
    return sorted(steps, key=lambda step: step.at, reverse=True)
