"""The audit trail as a table: what the auditor's page shows, for a file."""

from __future__ import annotations

import json
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fugong.command.web.deeds import changed, deed, subject
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.personal import is_sealed
from fugong.core.canonical import Json
from fugong.core.clock import LOCAL
from fugong.core.punctuation import labelled, listed
from fugong.core.web.tables import BoundTable, Column, Table

FILTERS: Final = ("action", "subject_id", "since", "until", "who")


def trail_table(
    rows: QuerySet[AuditEntry], request: HttpRequest, *, scope: str = ""
) -> BoundTable[AuditEntry]:
    """The page's own form narrows the rows; `scope` says in words how."""
    table = Table[AuditEntry](
        key="audit", label=_("Audit"), columns=COLUMNS, default_sort="-at", keeps=FILTERS, scope=scope
    )
    return table.bind(rows, request, export_url=reverse("command:export_audit"))


def actor_of(entry: AuditEntry) -> str | Promise:
    if entry.actor_id is None:
        return _("The system")
    return entry.actor_name or _("a worker, by the own phone")


def changes_of(entry: AuditEntry) -> list[tuple[str | Promise, str]]:
    return [(changed(key), _told(value)) for key, value in entry.changes.items()]


def _told(value: Json) -> str:
    """In a line. Personal values stay sealed: an auditor sees that one was changed, not what it was."""
    if is_sealed(value):
        return gettext("a personal value, sealed")
    if isinstance(value, list) and len(value) == 2:
        return f"{_told(value[0])} → {_told(value[1])}"
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _place(entry: AuditEntry) -> int | str:
    position: int | None = entry.position  # type: ignore[attr-defined]
    return gettext("not sealed yet") if position is None else position


def _changes(entry: AuditEntry) -> str:
    return listed(labelled(key, value) for key, value in changes_of(entry))


COLUMNS: Final = (
    Column[AuditEntry](key="place", label=_("Place in the chain"), render=_place),
    # As text: a spreadsheet's own times are shown without their seconds.
    Column[AuditEntry](
        key="at",
        label=_("When"),
        render=lambda row: f"{row.at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}",
        sort=("at",),
    ),
    Column[AuditEntry](key="who", label=_("Who"), render=actor_of),
    Column[AuditEntry](key="act", label=_("Act"), render=lambda row: deed(row.action)),
    Column[AuditEntry](key="subject", label=_("Subject"), render=lambda row: subject(row.subject_kind)),
    Column[AuditEntry](key="subject_id", label=_("Number of the subject"), render=lambda row: row.subject_id),
    Column[AuditEntry](key="changes", label=_("What was changed"), render=_changes),
    Column[AuditEntry](key="note", label=_("Note"), render=lambda row: row.note),
)
