"""From the record and a playbook to a bulletin: figures with what proves them, and the filled wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fugong.areas.queries import ids_by_code
from fugong.command.choices import FigureOrigin
from fugong.command.rules import plain_number
from fugong.core.canonical import Json
from fugong.core.clock import LOCAL, day_up_to, end_of
from fugong.core.figures import (
    Computed,
    Figure,
    FigureQuery,
    Grade,
    Manifest,
    RoundingRule,
    catalogue,
    manifest_of,
    printed,
    rate,
)
from fugong.core.figures.proof import RowRef
from fugong.core.refusals import NotFound
from fugong.playbooks.choices import FigureBasis
from fugong.playbooks.facts import BulletinForm, FigureRule, Playbook, Section

LANGUAGES = {"zh": "zh-hans", "en": "en"}
# Here and not among the translations: what a bulletin said must not change with an edited message file.
DAYS = {"zh-hans": "n\u6708j\u65e5", "en": "F j"}


@dataclass(frozen=True, slots=True)
class ComposedFigure:
    """One figure as it is printed, and the rows behind it (none for a figure that a source states)."""

    key: str
    origin: FigureOrigin
    label: dict[str, str]
    figure: Figure
    rows: tuple[RowRef, ...] = ()
    manifest: Manifest | None = None
    source: tuple[str, ...] = ()

    def printed(self, language: str) -> str:
        return printed(self.figure, LANGUAGES[language])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One section in both languages. `zh` is the wording of the source, `en` our translation of it."""

    heading: dict[str, str]
    body: dict[str, str]

    def as_json(self) -> dict[str, Json]:
        return {"heading": dict(self.heading), "body": dict(self.body)}


@dataclass(frozen=True, slots=True)
class Composed:
    """A whole bulletin, not yet kept."""

    title: dict[str, str]
    as_of: datetime
    known_at: datetime
    paragraphs: tuple[Paragraph, ...]
    figures: tuple[ComposedFigure, ...]

    def text(self) -> list[Json]:
        return [paragraph.as_json() for paragraph in self.paragraphs]


def manifest_json(manifest: Manifest | None) -> dict[str, Json] | None:
    return manifest.as_json() if manifest else None


def compose(
    playbook: Playbook,
    *,
    authority_id: UUID,
    as_of: datetime,
    known_at: datetime,
    bulletin: str | None = None,
    frozen: Mapping[str, ComposedFigure] | None = None,
) -> Composed:
    """Computes every figure that the playbook's bulletin prints, and fills its wording.

    `known_at` is the knowledge cut-off: what was stored later is not seen, so that the same two times give
    the same bulletin for ever. `frozen` are figures taken as they are, because the rows they counted were
    destroyed. Without `bulletin`, the first form in force on the day. Raises `KeyError` for
    a bulletin the playbook does not have, `NotFound` where none is in force.
    """
    form = playbook.policy.bulletins[bulletin] if bulletin else _form_on(playbook, day_up_to(as_of))
    query = FigureQuery(authority_id=authority_id, as_of=as_of, known_at=known_at)
    figures = _figures(playbook, form, query, frozen or {})
    return Composed(
        title={"zh": form.name.zh, "en": form.name.en},
        as_of=as_of,
        known_at=known_at,
        paragraphs=tuple(_paragraphs(playbook, form, figures, as_of)),
        figures=tuple(figures.values()),
    )


def _form_on(playbook: Playbook, day: date) -> BulletinForm:
    found = next(iter(playbook.bulletins_on(day)), None)
    if found is None:
        raise NotFound(_("The playbook has no bulletin for that day."), code="no_bulletin")
    return found


def _figures(
    playbook: Playbook, form: BulletinForm, query: FigureQuery, frozen: Mapping[str, ComposedFigure]
) -> dict[str, ComposedFigure]:
    """In the order in which the wording names them; a rate brings its two parts along."""
    rules = playbook.policy.figures
    done: dict[str, ComposedFigure] = {}
    for section in _sections(playbook, form, query.as_of):
        for key in section.placeholders("zh"):
            if key in rules:
                _add(key, rules, query, done, frozen)
    return done


def _sections(playbook: Playbook, form: BulletinForm, as_of: datetime) -> list[Section]:
    """Without those that would quote what the source said of a later day.

    A statement without a day of its own is taken to be as late as the latest dated one.
    """
    rules = playbook.policy.figures
    dated = [rule.stated.as_of for rule in rules.values() if rule.stated and rule.stated.as_of]
    day, latest = day_up_to(as_of), max(dated, default=None)

    def is_said(key: str) -> bool:
        rule = rules.get(key)
        if rule is None or rule.basis is not FigureBasis.STATED or rule.stated is None:
            return True
        said_on = rule.stated.as_of or latest
        return said_on is None or said_on <= day

    return [section for section in form.sections.values() if all(map(is_said, section.placeholders("zh")))]


def _add(
    key: str,
    rules: Mapping[str, FigureRule],
    query: FigureQuery,
    done: dict[str, ComposedFigure],
    frozen: Mapping[str, ComposedFigure],
) -> None:
    if key in done:
        return
    rule = rules[key]
    for part in (rule.numerator, rule.denominator):
        if part is not None:
            _add(part, rules, query, done, frozen)
    done[key] = frozen[key] if key in frozen else _figure(rule, query, done)


def _figure(rule: FigureRule, query: FigureQuery, done: Mapping[str, ComposedFigure]) -> ComposedFigure:
    label = {"zh": rule.name.zh, "en": rule.name.en}
    source = tuple(rule.ref)
    if rule.basis is FigureBasis.STATED:
        return ComposedFigure(rule.id, FigureOrigin.STATED, label, _stated(rule, query.as_of), source=source)
    if rule.numerator is not None and rule.denominator is not None:
        part, whole = done[rule.numerator], done[rule.denominator]
        figure = rate(part.figure, whole.figure, digits=rule.printing.digits, source=rule.id)
        rows = tuple(dict.fromkeys(part.rows + whole.rows))
        return ComposedFigure(rule.id, FigureOrigin.COMPUTED, label, figure, rows, manifest_of(rows), source)
    computed, figure = _computed(rule, query)
    rows = tuple(computed.rows)
    return ComposedFigure(rule.id, FigureOrigin.COMPUTED, label, figure, rows, manifest_of(rows), source)


def _computed(rule: FigureRule, query: FigureQuery) -> tuple[Computed, Figure]:
    assert rule.measure is not None
    definition = catalogue[rule.measure]
    narrowed = FigureQuery(
        authority_id=query.authority_id,
        as_of=query.as_of,
        known_at=query.known_at,
        areas=_areas(rule, query),
        scope=rule.scope,
    )
    computed = definition.compute(narrowed)
    printing = rule.printing
    rounding = RoundingRule(exactness=printing.exactness, step=printing.step, digits=printing.digits)
    return computed, rounding.apply(definition.figure_of(computed, as_of=query.as_of))


def _areas(rule: FigureRule, query: FigureQuery) -> frozenset[UUID] | None:
    """Where the figure counts: the areas its rule names by code, within those asked about."""
    if not rule.areas:
        return query.areas
    named = ids_by_code(rule.areas, authority_id=query.authority_id)
    return named if query.areas is None else named & query.areas


def _stated(rule: FigureRule, as_of: datetime) -> Figure:
    """What the source says, with its own day where it gives one."""
    statement = rule.stated
    assert statement is not None
    assert rule.unit is not None
    return Figure(
        value=plain_number(statement.value),
        unit=rule.unit,
        as_of=end_of(statement.as_of) if statement.as_of else as_of,
        kind=rule.kind,
        grade=Grade.DECLARED,
        source=", ".join(rule.ref),
        exactness=statement.exactness,
    )


def _paragraphs(
    playbook: Playbook, form: BulletinForm, figures: Mapping[str, ComposedFigure], as_of: datetime
) -> list[Paragraph]:
    words = {language: _words(playbook, figures, as_of, language) for language in LANGUAGES}
    return [
        Paragraph(
            heading={"zh": section.name.zh, "en": section.name.en},
            body={language: section.filled(language, words[language]) for language in LANGUAGES},
        )
        for section in _sections(playbook, form, as_of)
    ]


def _words(
    playbook: Playbook, figures: Mapping[str, ComposedFigure], as_of: datetime, language: str
) -> dict[str, str]:
    built_in = {
        "as_of": spoken(as_of, LANGUAGES[language]),
        "authority": playbook.policy.playbook.authority.in_language(language),
    }
    return built_in | {key: each.printed(language) for key, each in figures.items()}


def spoken(as_of: datetime, language: str) -> str:
    """A day as a bulletin says it; with the time of day while that day still ran."""
    with override(language):
        day = date_format(day_up_to(as_of), DAYS[language])
        if as_of == end_of(day_up_to(as_of)):
            return day
        return f"{day} {as_of.astimezone(LOCAL):%H:%M}"
