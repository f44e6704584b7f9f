"""From bulletins and figures to what the templates draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fugong.command.choices import FigureOrigin, Finding
from fugong.command.models import Bulletin, BulletinFigure
from fugong.command.queries import Difference, Proof, Verdict, is_published
from fugong.core.bilingual import in_language
from fugong.core.canonical import Json
from fugong.core.clock import day_up_to, end_of, to_the_minute
from fugong.core.figures import Figure, Grade, Kind, printed
from fugong.core.web.parts import Status, Term, Tone


def in_reading_language(text: Mapping[str, str]) -> str:
    """A frozen text in the reader's language; Chinese in the reader's characters."""
    return in_language(text["zh"], text["en"])


def status_of(bulletin: Bulletin) -> Status:
    if is_published(bulletin):
        return Status(_("Published"), Tone.GOOD)
    return Status(_("Draft"), Tone.WAITING)


def moment_text(moment: datetime) -> str:
    """24:00 is told of the day that ends."""
    day = day_up_to(moment)
    if moment == end_of(day):
        return f"{date_format(day, 'Y-m-d')} 24:00"
    return to_the_minute(moment)


def day_text(bulletin: Bulletin) -> str:
    return moment_text(bulletin.as_of)


def paragraphs_of(bulletin: Bulletin) -> list[dict[str, str]]:
    return [
        {name: in_reading_language(paragraph[name]) for name in ("heading", "body")}
        for paragraph in bulletin.text
    ]


@dataclass(frozen=True, slots=True)
class FigureLine:
    label: str
    value: str
    origin: Status
    as_of: str
    url: str


def figures_of(bulletin: Bulletin) -> list[FigureLine]:
    rows = BulletinFigure.objects.filter(bulletin=bulletin).order_by("position")
    return [_figure_line(row) for row in rows]


def _figure_line(row: BulletinFigure) -> FigureLine:
    figure = Figure.from_json(row.figure)
    return FigureLine(
        label=in_reading_language(row.label),
        value=printed(figure),
        origin=origin_of(row),
        as_of=moment_text(figure.as_of),
        url=reverse("command:proof", args=[row.bulletin_id, row.key]),
    )


def origin_of(row: BulletinFigure) -> Status:
    if row.origin == FigureOrigin.COMPUTED:
        return Status(_("computed"), Tone.GOOD, "calculator")
    return Status(_("stated by the source"), Tone.NEUTRAL, "file-text")


def terms_of(bulletin: Bulletin) -> list[Term]:
    terms = [
        Term(_("Number"), bulletin.number),
        Term(_("As of"), moment_text(bulletin.as_of)),
        Term(_("From what was known at"), moment_text(bulletin.known_at)),
        Term(_("Composed by"), bulletin.composed_by_name),
        Term(_("Playbook version"), bulletin.playbook_version.version),
        Term(_("Seal"), bulletin.digest),
    ]
    if is_published(bulletin):
        publication = bulletin.publication
        terms.insert(4, Term(_("Published by"), publication.published_by_name))
        terms.insert(5, Term(_("Published at"), moment_text(publication.published_at)))
    if bulletin.corrects:
        terms.insert(1, Term(_("Corrects"), bulletin.corrects.number, url_of(bulletin.corrects)))
    return terms


def url_of(bulletin: Bulletin) -> str:
    return reverse("command:bulletin", args=[bulletin.pk])


def proof_terms(proof: Proof) -> list[Term]:
    figure = proof.figure
    terms = [
        Term(_("Figure"), printed(figure)),
        Term(_("As of"), moment_text(figure.as_of)),
        Term(_("Counts"), Kind(figure.kind).label),
        Term(_("Vouched for as"), Grade(figure.grade).label),
    ]
    if figure.numerator is not None and figure.denominator is not None:
        terms.insert(1, Term(_("Numerator"), printed(figure.numerator)))
        terms.insert(2, Term(_("Denominator"), printed(figure.denominator)))
    if proof.row.manifest:
        terms.append(Term(_("Seal of the rows"), proof.row.manifest["digest"]))
    return terms


@dataclass(frozen=True, slots=True)
class VerdictLine:
    label: str
    frozen: str
    recomputed: str
    status: Status


def verdict_lines(verdict: Verdict) -> list[VerdictLine]:
    """Figure by figure; then the wording, and the seal over all that was frozen."""
    lines = [
        VerdictLine(
            label=in_reading_language(each.label),
            frozen=_printed_json(each.frozen["figure"]),
            recomputed=_printed_json(each.recomputed["figure"] if each.recomputed else None),
            status=finding_status(each.finding),
        )
        for each in verdict.figures
    ]
    for label, finding in ((_("Wording"), verdict.wording), (_("Seal"), verdict.seal)):
        lines.append(VerdictLine(label, "", "", finding_status(finding)))
    return lines


def finding_status(finding: Finding) -> Status:
    return Status(finding.label, Tone.GOOD if finding in (Finding.SAME, Finding.SEALED) else Tone.BAD)


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    label: str
    before: str
    after: str


def difference_lines(found: Iterable[Difference]) -> list[DifferenceLine]:
    return [
        DifferenceLine(in_reading_language(each.label), _printed_json(each.before), _printed_json(each.after))
        for each in found
    ]


def _printed_json(stored: Mapping[str, Json] | Json) -> str:
    return printed(Figure.from_json(stored)) if isinstance(stored, Mapping) else "—"
