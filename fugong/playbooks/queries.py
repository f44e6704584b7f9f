"""Reading the law of an authority: which playbook was in force on a day, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.refusals import Invalid, NotFound
from fugong.core.retention import retention_classes
from fugong.core.retention.rules import Term
from fugong.playbooks.models import PlaybookVersion
from fugong.playbooks.rules.clocks import (
    StateCouncilCalendar,
    WorkingCalendar,
    deadline,
    end_of,
    working_day_after,
)
from fugong.playbooks.rules.errors import PlaybookInvalid
from fugong.playbooks.rules.gates import GateRule
from fugong.playbooks.rules.in_force import in_force
from fugong.playbooks.rules.library import find_in_library
from fugong.playbooks.rules.loading import decoded, load_playbook, load_stored
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.schema.gates import GatePolicy, VenuePolicy
from fugong.playbooks.rules.schema.organisation import DifficultyKind


@dataclass(frozen=True, slots=True)
class PlaybookInForce:
    """A stored version and what it says. `playbook` is shared between callers: nobody changes it."""

    version_id: UUID
    starts_on: date
    ends_on: date | None
    playbook: Playbook


def get_in_force(on: date) -> PlaybookInForce:
    """The playbook of the acting authority on that day in China. Raises `NotFound` when there was none."""
    row = (
        PlaybookVersion.objects.defer("text")
        .filter(starts_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .order_by("-starts_on")
        .first()
    )
    if row is None:
        raise NotFound(_("No playbook was in force on that day."), code="no_playbook")
    return _in_force(row)


def list_in_force_from(on: date) -> list[PlaybookInForce]:
    """The version in force that day, if any, and all that follow it, in their order."""
    rows = (
        PlaybookVersion.objects.defer("text")
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .order_by("starts_on")
    )
    return [_in_force(row) for row in rows if row.ends_on is None or row.ends_on > row.starts_on]


def get_version(version_id: UUID) -> PlaybookInForce:
    row = PlaybookVersion.objects.defer("text").filter(pk=version_id).first()
    if row is None:
        raise NotFound()
    return _in_force(row)


def shipped(playbook_id: str, *, on: date) -> Playbook:
    """A playbook that comes with Fugong, as of that day. Raises `NotFound` for one it does not bring."""
    found = find_in_library(playbook_id, on)
    if found is None:
        raise NotFound(_("No playbook of that name comes with Fugong."), code="no_playbook")
    return found


def read_file(path: Path) -> Playbook:
    """A playbook of the site's own. Raises `Invalid` with everything that is wrong, by file, line and key."""
    return _checked(lambda: load_playbook(path))


def read_upload(content: bytes, name: str) -> Playbook:
    """A playbook as it was handed in, checked as `read_file` does; each line of the refusal is one fault."""
    return _checked(lambda: load_playbook(decoded(content, name), name=name))


def _checked(load: Callable[[], Playbook]) -> Playbook:
    try:
        return load()
    except PlaybookInvalid as invalid:
        raise Invalid(str(invalid), code="playbook_invalid") from None


def list_versions(actor: Actor) -> list[PlaybookVersion]:
    """All versions of the actor's authority, the newest first."""
    return list(PlaybookVersion.objects.defer("text").order_by("-starts_on"))


def gate_rule(key: str, *, on: date, area: str | None = None) -> GateRule | None:
    """What the playbook of the acting authority asks for at a gate of this kind on that day.

    None where it says nothing, or no playbook is in force: then everybody is asked. `area` is the playbook's
    area in which the gate stands.
    """
    playbook = find_in_force(on)
    return playbook.gate_rule(key, on, area) if playbook else None


def list_gate_kinds(*, on: date) -> tuple[GatePolicy, ...]:
    """The kinds of which a gate may be on that day, in the order of the file: `id`, `name`, `kind`."""
    playbook = find_in_force(on)
    return playbook.gates_on(on) if playbook else ()


def venue_policy(*, on: date) -> VenuePolicy:
    """How a venue is scanned; with the defaults where the playbook says nothing."""
    playbook = find_in_force(on)
    return playbook.venues if playbook else VenuePolicy()


def retention_terms(on: date) -> dict[str, Term]:
    """The days of keeping that the playbook in force sets, for classes that the program knows."""
    playbook = find_in_force(on)
    if playbook is None:
        return {}
    known = {each.key: each for each in retention_classes()}
    said = {id_: rule for id_, rule in playbook.policy.retention.items() if id_ in known}
    return {
        id_: Term(
            known[id_],
            rule.days,
            reason=rule.name.in_language(get_language() or ""),
            source=clause_words(playbook, f"retention.{id_}"),
        )
        for id_, rule in said.items()
    }


def find_in_force(on: date) -> Playbook | None:
    """As `get_in_force`, for callers whose answer without a playbook is no refusal."""
    try:
        return get_in_force(on).playbook
    except NotFound:
        return None


def due_by(playbook: Playbook, clock: str, *, start: datetime) -> datetime:
    """When a clock of `clocks` runs out; exclusive: 24:00 is midnight of the next day."""
    return deadline(start, playbook.policy.clocks[clock], playbook.calendar)


def clause_words(playbook: Playbook, path: str) -> str:
    """What stands behind a value of the playbook: its documents with their clauses, then the origin; the path
    itself where the playbook says nothing.
    """
    found = playbook.origins.of(tuple(path.split("."))) if path else None
    if found is None:
        return path
    documents = [_document(playbook, reference) for reference in found.ref]
    return " · ".join([*documents, str(found.origin.label)])


def _document(playbook: Playbook, reference: str) -> str:
    for id_, source in playbook.policy.sources.items():
        name = source.number or source.name.in_language(get_language() or "")
        if reference == id_:
            return name
        if reference in source.clauses:
            return f"{name} {reference}"
    return reference


def due_after(working_days: int, *, start: datetime) -> datetime:
    """The end of the n-th working day after `start`, by the calendar in force on that day; where no playbook
    is in force, by the State Council's. Exclusive: midnight of the next day."""
    playbook = find_in_force(local_date(start))
    calendar: WorkingCalendar = playbook.calendar if playbook else StateCouncilCalendar()
    return end_of(working_day_after(local_date(start), working_days, calendar), None)


def list_difficulty_kinds(playbook: Playbook, on: date) -> tuple[DifficultyKind, ...]:
    """The kinds of difficulty an enterprise may raise on that day, in the order of the file."""
    policy = playbook.policy
    return tuple(kind for kind in policy.difficulties.values() if in_force(policy, kind, on))


def _in_force(row: PlaybookVersion) -> PlaybookInForce:
    return PlaybookInForce(row.id, row.starts_on, row.ends_on, _parsed(_Stored(row.sha256, row)))


@dataclass(frozen=True, slots=True)
class _Stored:
    """The text is fetched only when it is not known under its hash."""

    sha256: str
    row: PlaybookVersion = field(compare=False, repr=False)


@lru_cache(maxsize=16)
def _parsed(stored: _Stored) -> Playbook:
    """Parsed once a process: the text under this hash never changes."""
    return load_stored(stored.row.text, name="stored playbook")
