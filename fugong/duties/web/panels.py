"""Small panels beside the duties on the home page, brought by the contexts above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fugong.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """A template with its values; the template draws one `<section class="panel">`."""

    template: str
    values: Mapping[str, object]


Provider = Callable[[Actor, datetime], tuple[str, Mapping[str, object]] | None]

_providers: dict[str, Provider] = {}


def register_panel(key: str, provider: Provider) -> None:
    """Called by a context when it starts. Panels stand in the order of their keys.

    The provider answers for each home page, so it takes a fixed number of statements, or gives None at once
    for people whom it does not concern.
    """
    if _providers.setdefault(key, provider) is not provider:
        raise ValueError(f"The panel {key} is registered twice.")


def panels_for(actor: Actor, *, now: datetime) -> list[Panel]:
    given = (_providers[key](actor, now) for key in sorted(_providers))
    return [Panel(*answer) for answer in given if answer is not None]
