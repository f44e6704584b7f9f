"""Signs in passages, for those who can go and look."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import now as present
from fugong.core.clock import to_the_minute
from fugong.core.web.pages import AskingRequest, action, page
from fugong.core.web.parts import Status, Tone
from fugong.core.web.refusing import or_errors
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import BoundTable, Column, Filter, Table
from fugong.passage import operations, queries
from fugong.passage.choices import SIGNS, TRACE, Sign
from fugong.passage.models import Gate, PassageSign


class SignForm(forms.Form):
    note = forms.CharField(
        label=_("What it was"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


@page(SIGNS)
def listing(request: AskingRequest) -> HttpResponse:
    table = signs_table(queries.list_signs(request.actor), request)
    return render_page(request, "passage/signs.html", table=table)


@action(SIGNS)
def look_at(request: AskingRequest, sign_id: UUID) -> HttpResponse:
    row = queries.get_sign(request.actor, sign_id)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            operations.look_at_sign(
                sign_id, note=form.cleaned_data["note"], actor=request.actor, now=present()
            )
            messages.success(request, _now("Kept: what it was."))
            return redirect("passages:signs")
    values = {
        "sign": row,
        "words": words_of(row),
        "form": form,
        "where": _where(row),
        "device": _device(row),
        "may_trace": row.subject is not None and request.actor.may(TRACE),
    }
    return render(request, "passage/sign.html", values, status=422 if form.errors else 200)


def words_of(row: PassageSign) -> str:
    """What the sign rests on, in one sentence."""
    said = {
        Sign.IMPOSSIBLE: _now("%(number)s seconds apart"),
        Sign.TWO_GATES: _now("%(number)s seconds apart"),
        Sign.CROWD: _now("%(number)s people in one minute"),
        Sign.CLOCK: _now("%(number)s scans with a time that cannot be"),
    }
    return said[Sign(row.sign)] % {"number": row.number}


def signs_table(rows: QuerySet[PassageSign], request: HttpRequest) -> BoundTable[PassageSign]:
    table = Table[PassageSign](
        key="passage-signs",
        label=_("Signs in passages"),
        columns=[
            Column(
                key="sign", label=_p("passage", "Sign"), render="passage/parts/sign_cell.html", heading=True
            ),
            Column(key="evidence", label=_("What it rests on"), render=words_of),
            Column(key="gate", label=_p("passage", "Gate"), render=_gate_cell),
            Column(
                key="at", label=_("At"), render=lambda row: to_the_minute(row.at), sort=("at",), short=True
            ),
            Column(
                key="found",
                label=_("Found"),
                render=lambda row: to_the_minute(row.found_at),
                sort=("found_at",),
                short=True,
                wide=True,
            ),
            Column(key="looked", label=_("Looked at"), render=_looked_cell),
        ],
        filters=[
            Filter(
                key="sign",
                label=_p("passage", "Sign"),
                choices=Sign.choices,
                apply=lambda rows, values: rows.filter(sign__in=values),
            ),
            Filter(
                key="state",
                label=_("Status"),
                choices=[("open", _("Nobody has looked")), ("looked", _("Looked at"))],
                apply=_by_state,
            ),
        ],
        default_sort="-found",
        empty_title=_("No sign"),
        empty_text=_("Passages are looked through every five minutes."),
    )
    named = Gate.objects.filter(authority_id=OuterRef("authority_id"), number=OuterRef("gate"))
    return table.bind(rows.annotate(gate_name=Subquery(named.values("name")[:1])), request)


def _by_state(rows: QuerySet[PassageSign], values: list[str]) -> QuerySet[PassageSign]:
    if len(values) != 1:
        return rows
    return rows.filter(looked_at__isnull=values == ["open"])


def _gate_cell(row: PassageSign) -> str:
    return str(getattr(row, "gate_name", "") or "")


def _looked_cell(row: PassageSign) -> str:
    label = row.looked_by_name or _now("Nobody has looked")
    status = Status(label, Tone.GOOD if row.looked_at else Tone.WAITING)
    return render_to_string("parts/status.html", {"status": status})


def _where(row: PassageSign) -> list[str]:
    numbers = {number for number in (row.other_gate, row.gate) if number is not None}
    names = queries.gate_names(row.authority_id, numbers)
    return [names[number] for number in (row.other_gate, row.gate) if number in names]


def _device(row: PassageSign) -> str:
    return queries.device_labels(row.authority_id, {row.device}).get(row.device, "") if row.device else ""
