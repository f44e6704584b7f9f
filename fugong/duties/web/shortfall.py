"""The list of who is about to miss something, as a table."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.clock import end_of, local_date
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.duties.choices import Side, duty_kinds
from fugong.duties.models import Duty
from fugong.duties.web.rows import Progress, duty_row

# What falls due later is not yet a shortfall: nobody has to be called about it today.
HORIZON = timedelta(days=3)
MISSED, TODAY, SOON = "missed", "today", "soon"


def shortfall_table(
    queryset: QuerySet[Duty], request: HttpRequest, *, now: datetime, may_excuse: bool, export_url: str
) -> BoundTable[Duty]:
    table = Table[Duty](
        key="shortfall",
        label=_("About to be missed"),
        columns=_columns(now, may_excuse),
        filters=[by_clock(now), by_kind(), _by_side()],
        default_sort="due",
        search=lambda rows, text: rows.filter(subject_label__icontains=text),
        search_label=_("Name of the subject"),
        empty_title=_("Nobody is about to miss anything"),
        empty_text=_("Duties stand here from three days before their deadline until they are done."),
    )
    return table.bind(queryset, request, export_url=export_url)


def owner_label(duty: Duty) -> str | Promise:
    """The person's name, or what kind of owner it is; an enterprise is named by the subject itself."""
    if duty.owner_user is not None:
        return duty.owner_user.name
    if duty.owner_enterprise_id is not None:
        return _("The enterprise")
    if duty.owner_area is not None:
        return _("Office of %(area)s") % {"area": duty.owner_area.name}
    return _("Office")


def _columns(now: datetime, may_excuse: bool) -> list[Column[Duty]]:
    columns: list[Column[Duty]] = [
        Column(
            key="subject",
            label=_("Subject"),
            render=_subject,
            sort=("subject_label",),
            export=lambda duty: duty.subject_label,
            heading=True,
        ),
        Column(key="kind", label=_("What is owed"), render=lambda duty: duty.label, sort=("kind", "due_at")),
        Column(
            key="period",
            label=_("Reporting period"),
            render=lambda duty: duty.period,
            sort=("period",),
            wide=True,
        ),
        Column(
            key="progress",
            label=_("Done"),
            render=progress_of,
            export=lambda duty: f"{duty.done}/{duty.expected}" if duty.is_roll else "",
        ),
        Column(key="owner", label=_("Owner"), render=owner_label),
        Column(
            key="due",
            label=_("Deadline"),
            render=lambda duty: _clock(duty, now),
            sort=("due_at",),
            export=lambda duty: duty.due_at,
        ),
    ]
    if may_excuse:
        columns.append(Column(key="excuse", label=_("Excuse"), render="duties/parts/excuse_link.html"))
    return columns


def progress_of(duty: Duty) -> str:
    """How far a roll is; nothing for a duty of one."""
    progress = Progress(duty.done, duty.expected) if duty.is_roll else None
    return render_to_string("duties/parts/progress.html", {"progress": progress}) if progress else ""


def _subject(duty: Duty) -> str:
    return render_to_string("duties/parts/subject.html", {"duty": duty})


def _clock(duty: Duty, now: datetime) -> str:
    return render_to_string("duties/parts/deadline.html", {"row": duty_row(duty, now=now)})


def by_clock(now: datetime) -> Filter[Duty]:
    midnight = end_of(local_date(now))
    spans = {
        MISSED: Q(due_at__lte=now),
        TODAY: Q(due_at__gt=now, due_at__lte=midnight),
        SOON: Q(due_at__gt=midnight),
    }

    def apply(rows: QuerySet[Duty], values: list[str]) -> QuerySet[Duty]:
        return rows.filter(reduce(or_, (spans[value] for value in values)))

    choices = [(MISSED, _("Missed")), (TODAY, _("Due today")), (SOON, _("Later, within three days"))]
    return Filter(key="clock", label=_("Deadline"), choices=choices, apply=apply)


def by_kind() -> Filter[Duty]:
    choices = sorted(duty_kinds().items(), key=lambda kind: str(kind[1]))
    return Filter(
        key="kind",
        label=_("What is owed"),
        choices=choices,
        apply=lambda rows, values: rows.filter(kind__in=values),
    )


def _by_side() -> Filter[Duty]:
    return Filter(
        key="side",
        label=_("Whose turn"),
        choices=Side.choices,
        apply=lambda rows, values: rows.filter(side__in=values),
    )
