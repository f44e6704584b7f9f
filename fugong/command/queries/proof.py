"""The proof of one printed figure: what it means, as of when, over which denominator, and the very rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise

from fugong.command.choices import FigureOrigin
from fugong.command.models import BulletinFigure
from fugong.command.queries.composing import ComposedFigure, compose
from fugong.command.queries.destroyed import as_frozen, destroyed_figures
from fugong.core.actor import Actor
from fugong.core.figures import Figure, Manifest, catalogue
from fugong.core.figures.proof import RowRef
from fugong.core.figures.rows import ShownRow, shown_rows
from fugong.playbooks import queries as playbooks
from fugong.playbooks.facts import FigureRule, Playbook

LISTED: Final = 500
"""Rows a page of a proof lists; its seal covers them all."""


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A counted row with the hash of what made it count; `shown` is None where the reader may not see it.

    `in_numerator` says of a row of a rate whether it counts above the line too; None where there is no line.
    """

    hash: str
    shown: ShownRow | None
    in_numerator: bool | None


@dataclass(frozen=True, slots=True)
class Proof:
    row: BulletinFigure
    figure: Figure
    definitions: tuple[tuple[str | Promise, str | Promise], ...]
    clauses: tuple[tuple[str, str], ...]
    rows: tuple[ProofRow, ...]
    recomputes: bool
    playbook: Playbook
    certificate: int | None = None

    @property
    def listed(self) -> tuple[ProofRow, ...]:
        return self.rows[:LISTED]

    @property
    def unlisted(self) -> int:
        return len(self.rows) - len(self.listed)

    @property
    def is_of_a_rate(self) -> bool:
        return self.above_the_line + self.below_the_line > 0

    @property
    def above_the_line(self) -> int:
        return sum(row.in_numerator is True for row in self.rows)

    @property
    def below_the_line(self) -> int:
        return sum(row.in_numerator is False for row in self.rows)


def proof_of(actor: Actor, row: BulletinFigure) -> Proof:
    """Recomputes the figure from what was known then, and lists the rows it counts."""
    bulletin = row.bulletin
    playbook = playbooks.get_version(bulletin.playbook_version_id).playbook
    kept = list(BulletinFigure.objects.filter(bulletin=bulletin))
    gone = destroyed_figures(bulletin, kept)
    composed = compose(
        playbook,
        authority_id=bulletin.authority_id,
        as_of=bulletin.as_of,
        known_at=bulletin.known_at,
        frozen=as_frozen(kept, gone),
    )
    figures = {each.key: each for each in composed.figures}
    again = figures.get(row.key)
    rule = playbook.policy.figures.get(row.key)
    part = rule.numerator if rule else None
    return Proof(
        row=row,
        figure=Figure.from_json(row.figure),
        definitions=_definitions(playbook, rule) if rule else (),
        clauses=_clauses(playbook, row.source),
        rows=tuple(_rows(actor, again.rows, figures[part].rows if part else None)) if again else (),
        recomputes=_is_same(row, again),
        playbook=playbook,
        certificate=gone.get(row.key),
    )


def _is_same(row: BulletinFigure, again: ComposedFigure | None) -> bool:
    if again is None:
        return False
    same_figure = bool(row.figure == again.figure.as_json())
    if row.origin == FigureOrigin.STATED or row.manifest is None:
        return same_figure
    return same_figure and Manifest.from_json(row.manifest) == again.manifest


def _definitions(playbook: Playbook, rule: FigureRule) -> tuple[tuple[str | Promise, str | Promise], ...]:
    """The measure behind the figure; for a rate, those of its two parts."""
    rules = playbook.policy.figures
    keys = [part for part in (rule.numerator, rule.denominator) if part] or [rule.id]
    measures = dict.fromkeys(measure for part in keys if (measure := rules[part].measure))
    return tuple((catalogue[each].label, catalogue[each].definition) for each in measures)


def _clauses(playbook: Playbook, refs: list[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for ref in refs:
        for source in playbook.policy.sources.values():
            if ref in source.clauses:
                found.append((ref, source.clauses[ref]))
    return tuple(found)


def _rows(actor: Actor, rows: tuple[RowRef, ...], numerator: tuple[RowRef, ...] | None) -> list[ProofRow]:
    above = None if numerator is None else set(numerator)
    by_model: dict[str, list[UUID]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row.id)
    shown = {model: shown_rows(actor, model, ids) for model, ids in by_model.items()}
    found = [
        ProofRow(row.hash, shown[row.model].get(row.id), None if above is None else row in above)
        for row in rows
    ]
    return sorted(found, key=lambda each: each.shown.label if each.shown else "\uffff")
