"""The day's health reports in figures, for whoever oversees them: by enterprise, and each with its proof."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fugong.core.actor import Actor
from fugong.core.clock import end_of, local_date
from fugong.core.clock import now as present
from fugong.core.figures import Computed, FigureQuery, catalogue, manifest_of, printed
from fugong.core.figures.rows import shown_rows
from fugong.core.refusals import NotFound
from fugong.core.web.pages import AskingRequest, page
from fugong.core.web.parts import KeyFigure
from fugong.enterprises import queries as enterprises
from fugong.health import queries
from fugong.health.choices import QUALITY
from fugong.health.queries import DayLine
from fugong.health.web.days import asked_day

KEYS: Final = ("due", "received", "missing", "excused")
ENTERPRISES_LISTED: Final = 50
ROWS_LISTED: Final = 500


@page(QUALITY)
def listing(request: AskingRequest) -> HttpResponse:
    now = present()
    day = asked_day(request) or local_date(now)
    query = _query(request.actor, day)
    lines = queries.day_lines(query)
    counted = {key: sum(getattr(line, f"is_{key}") for line in lines) for key in KEYS}
    values = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": None if day == local_date(now) else day + timedelta(days=1),
        "as_of": query.as_of,
        "figures": [_key_figure(key, counted[key] if lines else None, query, day) for key in KEYS],
        "places": _by_enterprise(lines, request.actor),
        "listed": ENTERPRISES_LISTED,
    }
    return render(request, "health/figures.html", values)


@page(QUALITY)
def proof(request: AskingRequest, figure: str) -> HttpResponse:
    """What the figure means, and the very people it counts, under one seal."""
    if figure not in KEYS:
        raise NotFound()
    day = asked_day(request) or local_date(present())
    query = _query(request.actor, day)
    definition = catalogue[f"health.{figure}"]
    computed = definition.compute(query)
    ids = [row.id for row in computed.rows[:ROWS_LISTED]]
    shown = shown_rows(request.actor, queries.LINE, ids)
    values = {
        "definition": definition,
        "day": day,
        "as_of": query.as_of,
        "figure": printed(definition.figure_of(computed, as_of=query.as_of)),
        "manifest": manifest_of(computed.rows),
        "rows": [(row.hash, shown.get(row.id)) for row in computed.rows[:ROWS_LISTED]],
        "unlisted": max(len(computed.rows) - ROWS_LISTED, 0),
    }
    return render(request, "health/figure_proof.html", values)


def _query(actor: Actor, day: date) -> FigureQuery:
    """Of the areas that the reader oversees; of a day that is over, as of its end."""
    now, reach = present(), actor.reach(QUALITY)
    areas = None if reach.everywhere else frozenset(reach.areas)
    return FigureQuery(
        authority_id=actor.authority_id, as_of=min(now, end_of(day)), known_at=now, areas=areas
    )


def _key_figure(key: str, value: int | None, query: FigureQuery, day: date) -> KeyFigure:
    definition = catalogue[f"health.{key}"]
    text = printed(definition.figure_of(Computed(value=value), as_of=query.as_of))
    digits = text[: len(text) - len(text.lstrip("0123456789,"))]
    return KeyFigure(
        definition.label,
        digits or text,
        unit=text[len(digits) :].strip() if digits else "",
        proof_url=f"{reverse('health:figure', args=[key])}?day={day.isoformat()}",
    )


def _by_enterprise(lines: list[DayLine], actor: Actor) -> list[dict[str, object]]:
    """Those with most people missing first."""
    found: dict[UUID, list[DayLine]] = defaultdict(list)
    for line in lines:
        if line.line.enterprise_id:
            found[line.line.enterprise_id].append(line)
    tallies = {
        place: {key: sum(getattr(line, f"is_{key}") for line in theirs) for key in KEYS}
        for place, theirs in found.items()
    }
    most = sorted(tallies, key=lambda place: (-tallies[place]["missing"], place))[:ENTERPRISES_LISTED]
    names = dict(enterprises.list_enterprises(actor).filter(id__in=most).values_list("id", "name"))
    return [{"id": place, "name": names[place], **tallies[place]} for place in most if place in names]
