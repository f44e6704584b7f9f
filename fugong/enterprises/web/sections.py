"""What other contexts show on an enterprise's page, brought by them at start-up: it knows none of them.

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


_sections: Sections[Section] = Sections()
_timeline = Timeline()


def register_section(section: Section) -> None:
    """Called from a context's AppConfig.ready."""
    _sections.register(section)


def register_timeline(key: str, provider: StepsProvider) -> None:
    """What a context adds to the enterprise's one timeline."""
    _timeline.register(key, provider)


def sections_for(actor: Actor, enterprise: Any, *, now: datetime) -> list[Shown]:
    return _sections.shown(actor, enterprise, now)


def timeline_for(actor: Actor, enterprise: Any, *, now: datetime) -> list[Step]:
    """All steps of all contexts, the latest first."""
    return _timeline.steps(actor, enterprise, now)
