"""What other contexts show on the page of a person's file, brought at start-up: it knows none of them.

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
"""Given who asks, the `Person` with its enterprise, and now."""

StepsProvider = Callable[[Actor, Any, datetime], Iterable[Step]]


@dataclass(frozen=True, slots=True)
class PersonSection:
    """One panel of the page. `template` draws its inside and gets what `provider` gives, as `section`.

    The provider looks at permissions itself and gives None where nothing is to be shown. It takes a fixed
    number of statements. Lower `order` stands higher: the person's level at 10, what holds now below 40.
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


_sections: dict[str, PersonSection] = {}
_timelines: dict[str, StepsProvider] = {}


def register_person_section(section: PersonSection) -> None:
    """Called from a context's AppConfig.ready. The same key twice is a programming mistake."""
    if _sections.setdefault(section.key, section) != section:
        raise ValueError(f"The section {section.key} is registered twice.")


def register_person_timeline(key: str, provider: StepsProvider) -> None:
    """What a context adds to the file's one timeline; in any order, the page sorts."""
    if _timelines.setdefault(key, provider) is not provider:
        raise ValueError(f"The timeline {key} is registered twice.")


def sections_for(actor: Actor, person: Any, *, now: datetime) -> list[Shown]:
    ordered = sorted(_sections.values(), key=lambda section: (section.order, section.key))
    given = ((section, section.provider(actor, person, now)) for section in ordered)
    return [
        Shown(section.key, section.label, section.template, values)
        for section, values in given
        if values is not None
    ]


def timeline_for(actor: Actor, person: Any, *, now: datetime) -> list[Step]:
    """All steps of all contexts, the latest first."""
    steps = [step for provider in _timelines.values() for step in provider(actor, person, now)]
    return sorted(steps, key=lambda step: step.at, reverse=True)
