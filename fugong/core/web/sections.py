"""Pages with places for what other contexts show on them, brought at start-up: the page knows none of them.

Loads no models, so that an AppConfig may import it; what a context brings it names by `import_string`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.utils.functional import Promise

from fugong.core.web.parts import Step

Values = Mapping[str, object]


class Part(Protocol):
    """What a context brings: `template` draws its inside and gets what `provider` gives, as `section`.

    The provider gives None where nothing is to be shown. Lower `order` stands higher.
    """

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def template(self) -> str: ...

    @property
    def provider(self) -> Callable[..., Values | None]: ...

    @property
    def order(self) -> int: ...


P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part with its values, ready for the template."""

    key: str
    label: str | Promise
    template: str
    values: Values


class Sections(Generic[P]):
    """The parts of one page."""

    def __init__(self) -> None:
        self._parts: dict[str, P] = {}

    def register(self, part: P) -> None:
        """Called from a context's AppConfig.ready. The same key twice is a programming mistake."""
        if self._parts.setdefault(part.key, part) != part:
            raise ValueError(f"The section {part.key} is registered twice.")

    def in_order(self) -> list[P]:
        return sorted(self._parts.values(), key=lambda part: (part.order, part.key))

    def shown(self, *given: object) -> list[Shown]:
        """What the parts have to show, given what the page gives each of their providers."""
        answers = ((part, part.provider(*given)) for part in self.in_order())
        return [
            Shown(part.key, part.label, part.template, values)
            for part, values in answers
            if values is not None
        ]


class Timeline:
    """The steps that contexts add to one page's timeline, in any order."""

    def __init__(self) -> None:
        self._providers: dict[str, Callable[..., Iterable[Step]]] = {}

    def register(self, key: str, provider: Callable[..., Iterable[Step]]) -> None:
        if self._providers.setdefault(key, provider) is not provider:
            raise ValueError(f"The timeline {key} is registered twice.")

    def steps(self, *given: object) -> list[Step]:
        """The latest first."""
        steps = [step for provider in self._providers.values() for step in provider(*given)]
        return sorted(steps, key=lambda step: step.at, reverse=True)
