"""What a reader of a proof sees of a counted row: contexts say it for their own models."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fugong.core.actor import Actor


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row behind a figure. `url` is empty where there is no page for it."""

    label: str
    detail: str = ""
    url: str = ""


Shows = Callable[[Actor, Iterable[UUID]], Mapping[UUID, ShownRow]]
_shows: dict[str, Shows] = {}


def register_rows(model: str, shows: Shows) -> None:
    """`model` is the label used in the figure's row references, such as "enterprises.Enterprise"."""
    _shows[model] = shows


def shown_rows(actor: Actor, model: str, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    """As far as the actor may see them; a row the actor may not see is simply not in the answer."""
    shows = _shows.get(model)
    return shows(actor, ids) if shows else {}
