"""What the reader of a proof sees of the rows it counts: enterprises, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from fugong.accounts import queries as accounts
from fugong.accounts.choices import ENTERPRISE
from fugong.core.actor import Actor
from fugong.core.figures.rows import ShownRow
from fugong.enterprises.models import Enterprise
from fugong.enterprises.queries.enterprises import list_enterprises


def enterprise_rows(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    """By the name it has now, which may not be the one it had when it was counted."""
    if not actor.may("enterprises.see"):
        return {}
    return {row.id: _shown(row) for row in list_enterprises(actor).filter(id__in=ids)}


def assignment_rows(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, ShownRow]:
    """Whoever may see the enterprise may see who answers for it."""
    if not actor.may("responsibility.see"):
        return {}
    found = [row for row in accounts.list_assignments(ids, actor=actor) if row.subject_kind == ENTERPRISE]
    seen = enterprise_rows(actor, {row.subject_id for row in found})
    return {
        row.id: ShownRow(
            label=_("%(person)s for %(enterprise)s")
            % {"person": row.user.name, "enterprise": seen[row.subject_id].label},
            detail=row.kind_name,
            url=seen[row.subject_id].url,
        )
        for row in found
        if row.subject_id in seen
    }


def _shown(enterprise: Enterprise) -> ShownRow:
    return ShownRow(
        label=enterprise.name,
        detail=enterprise.area.name,
        url=reverse("enterprises:detail", args=[enterprise.id]),
    )
