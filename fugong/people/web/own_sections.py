"""What contexts show on a worker's own page, brought by them at start-up: it knows none of them.

Loads no models, so that an AppConfig may import it; what a context brings it names by `import_string`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from fugong.core.web.sections import Sections, Shown, Values

Provider = Callable[[Any, datetime], Values | None]
"""Given the `people.queries.Worker` and now."""


Copied = Callable[[Any, datetime], object]
"""The same, giving plain data."""


@dataclass(frozen=True, slots=True)
class OwnSection:
    """One part of the page. `template` draws its inside and gets what `provider` gives, as `section`, and
    the `worker`.

    The provider runs inside the worker's authority, in a transaction that only reads, and gives None where
    nothing is to be shown. It takes a fixed number of statements. Lower `order` stands higher: what is to be
    done today below 20, what holds now below 40, what is kept of a person above.
    """

    key: str
    label: str | Promise
    template: str
    provider: Provider
    order: int = 50


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """What the person's copy of everything gets of one context, by words the person reads.

    Alike rows become a table. The provider runs as that of a section does.
    """

    key: str
    label: str | Promise
    provider: Copied


_sections: Sections[OwnSection] = Sections()
_copies: dict[str, OwnCopy] = {}


def register_own_section(section: OwnSection) -> None:
    """Called from a context's AppConfig.ready."""
    _sections.register(section)


def register_own_copy(copy: OwnCopy) -> None:
    """Called from a context's AppConfig.ready. The same key twice is a programming mistake."""
    if _copies.setdefault(copy.key, copy) != copy:
        raise ValueError(f"The copy {copy.key} is registered twice.")


def own_sections_for(worker: Any, *, now: datetime) -> list[Shown]:
    return _sections.shown(worker, now)


def copies_for(worker: Any, *, now: datetime) -> list[tuple[str, str | Promise, object]]:
    """The key, the label and the data of all that contexts keep of the person."""
    return [(copy.key, copy.label, copy.provider(worker, now)) for copy in _copies.values()]
