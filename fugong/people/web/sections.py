"""What other contexts show on the page of a person's file, brought at start-up: it knows none of them.

Loads no models, so that an AppConfig may import it; what a context brings it names by `import_string`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from fugong.core.actor import Actor
from fugong.core.web.parts import Step
from fugong.core.web.sections import Sections, Shown, Timeline, Values

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


_sections: Sections[PersonSection] = Sections()
_timeline = Timeline()


def register_person_section(section: PersonSection) -> None:
    """Called from a context's AppConfig.ready."""
    _sections.register(section)


def register_person_timeline(key: str, provider: StepsProvider) -> None:
    """What a context adds to the file's one timeline."""
    _timeline.register(key, provider)


def sections_for(actor: Actor, person: Any, *, now: datetime) -> list[Shown]:
    return _sections.shown(actor, person, now)


def timeline_for(actor: Actor, person: Any, *, now: datetime) -> list[Step]:
    """All steps of all contexts, the latest first."""
    return _timeline.steps(actor, person, now)
