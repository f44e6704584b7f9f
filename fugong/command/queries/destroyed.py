"""Published figures whose rows were destroyed: they are held to the totals that were sealed, and say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from fugong.command.choices import FigureOrigin
from fugong.command.models import Bulletin, BulletinFigure
from fugong.command.queries.composing import ComposedFigure, compose
from fugong.core.canonical import Json, digest
from fugong.core.ending.verifying import certificates_of_figures
from fugong.core.figures import Figure, Manifest
from fugong.playbooks import queries as playbooks


def figures_counting(authority_id: UUID, models: frozenset[str]) -> dict[str, Json]:
    """Figures of bulletins that count rows of the models, and are right while those rows are still there.

    One that did not recompute before is not named: the destruction must not make a wrong figure a right one.
    """
    found: dict[str, Json] = {}
    for bulletin in Bulletin.objects.filter(authority_id=authority_id).order_by("number"):
        kept = {row.key: row for row in BulletinFigure.objects.filter(bulletin=bulletin)}
        for each in _composed(bulletin):
            row = kept.get(each.key)
            counts = any(ref.model in models for ref in each.rows)
            if row is not None and counts and _is_same(row, each):
                found[_name(row)] = _held_to(row)
    return found


def destroyed_figures(bulletin: Bulletin, rows: list[BulletinFigure]) -> dict[str, int]:
    """By key, the number of the certificate under which its rows were destroyed.

    Only while the figure is, to the digit, the one that was sealed then.
    """
    known = certificates_of_figures(bulletin.authority_id)
    found = {row.key: known[_name(row)] for row in rows if _name(row) in known}
    held = {row.key: _held_to(row) for row in rows}
    return {key: number for key, (number, told) in found.items() if held[key] == told}


def as_frozen(rows: list[BulletinFigure], keys: Mapping[str, int]) -> dict[str, ComposedFigure]:
    """The figures as they were printed, for those that can be counted no more."""
    return {row.key: _frozen(row) for row in rows if row.key in keys}


def _frozen(row: BulletinFigure) -> ComposedFigure:
    return ComposedFigure(
        key=row.key,
        origin=FigureOrigin(row.origin),
        label=row.label,
        figure=Figure.from_json(row.figure),
        manifest=Manifest.from_json(row.manifest) if row.manifest else None,
        source=tuple(row.source),
    )


def _composed(bulletin: Bulletin) -> Iterator[ComposedFigure]:
    """What was destroyed before stays under the certificate that told of it first."""
    rows = list(BulletinFigure.objects.filter(bulletin=bulletin))
    gone = destroyed_figures(bulletin, rows)
    again = compose(
        playbooks.get_version(bulletin.playbook_version_id).playbook,
        authority_id=bulletin.authority_id,
        as_of=bulletin.as_of,
        known_at=bulletin.known_at,
        frozen=as_frozen(rows, gone),
    )
    return (each for each in again.figures if each.key not in gone)


def _is_same(row: BulletinFigure, again: ComposedFigure) -> bool:
    manifest = again.manifest.as_json() if again.manifest else None
    return bool(row.figure == again.figure.as_json() and row.manifest == manifest)


def _name(row: BulletinFigure) -> str:
    return f"{row.bulletin_id}:{row.key}"


def _held_to(row: BulletinFigure) -> str:
    return digest({"figure": row.figure, "manifest": row.manifest}).hex()
