"""What the reader of a proof sees of a counted case or call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from fugong.census.models import Call, Case
from fugong.core.actor import Actor
from fugong.core.figures.rows import ShownRow


def case_rows(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    """The people behind the figure, where this person may see their cases."""
    cases = Case.objects.visible_to(actor).filter(id__in=ids).select_related("person", "enterprise")
    return {case.id: _shown(case) for case in cases}


def call_rows(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    calls = dict(Call.objects.filter(id__in=ids).values_list("id", "case_id"))
    cases = case_rows(actor, calls.values())
    return {id_: cases[case] for id_, case in calls.items() if case in cases}


def _shown(case: Case) -> ShownRow:
    return ShownRow(
        label=case.person.name if case.person else case.name,
        detail=case.enterprise.name if case.enterprise else "",
        url=reverse("census:case", args=[case.id]),
    )
