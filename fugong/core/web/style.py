"""The page that shows every shared part with made-up content: to look at while building, only with DEBUG."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse

from fugong.core import clock
from fugong.core.web.pages import public
from fugong.core.web.parts import KeyFigure, Status, Step, Term, Tone, Why, WhyReason
from fugong.core.web.parts import clock as clock_chip
from fugong.core.web.rendering import render_page
from fugong.core.web.tables import Column, Filter, Table

# Sample words are for builders: they are not translated, and no msgid is taken from here.
KINDS = Table[ContentType](
    key="kinds",
    label="Kinds of record",
    columns=(
        Column(key="model", label="Name", render=lambda row: row.model, sort=("model",), heading=True),
        Column(key="app", label="Context", render=lambda row: row.app_label, sort=("app_label", "model")),
        Column(key="state", label="Status", render="core/style_status.html"),
        Column(key="number", label="Number", render=lambda row: row.pk, sort=("pk",), number=True),
        Column(key="key", label="Natural key", render=lambda row: ".".join(row.natural_key()), wide=True),
    ),
    default_sort="model",
    filters=(
        Filter(
            key="app",
            label="Context",
            choices=[("contenttypes", "contenttypes"), ("auth", "auth"), ("sessions", "sessions")],
            apply=lambda found, values: found.filter(app_label__in=values),
        ),
    ),
    search=lambda found, words: found.filter(model__contains=words),
    search_label="Name",
    page_size=25,
)


class SampleForm(forms.Form):
    name = forms.CharField(help_text="As on the licence.", label="Name of the enterprise")
    code = forms.CharField(label="Unified social credit code")
    size = forms.ChoiceField(choices=[("above", "above designated size"), ("below", "below")], label="Size")
    origin = forms.ChoiceField(
        choices=[("a", "inside the district"), ("b", "outside")], widget=forms.RadioSelect, label="Origin"
    )
    tags = forms.MultipleChoiceField(
        choices=[("e", "epidemic-essential"), ("c", "city-running"), ("x", "export order")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Tags",
    )
    agreed = forms.BooleanField(label="What is said here is true.")
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, label="Note")

    def clean_code(self) -> str:
        raise forms.ValidationError("The last character does not fit the others: check for a typing mistake.")


def sample_why(now: datetime) -> Why:
    reasons = (
        WhyReason(
            "Masks for two weeks", True, "Notice 12, item 3", "photo of 26 April", evidence_url="#evidence"
        ),
        WhyReason(
            "Staff register complete", False, "Notice 12, item 5", "7 of 91 people without a phone number"
        ),
        WhyReason("Own transport", None, "local choice"),
    )
    return Why("Returned for correction", reasons, "datong 2022.1", "Reviewer of the park", now, open=True)


@public("shows made-up content to builders, and answers only with DEBUG")
def style(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    why = sample_why(now)
    return render_page(
        request,
        "core/style.html",
        {
            "statuses": [Status(f"{tone.value} status", tone) for tone in Tone],
            "clocks": [
                clock_chip(now + timedelta(days=3, hours=2), now=now, side="with the reviewer"),
                clock_chip(now + timedelta(hours=5), now=now, side="with the enterprise"),
                clock_chip(now - timedelta(hours=50), now=now, side="with the reviewer"),
                clock_chip(now + timedelta(hours=50), now=now, side="with the enterprise", stopped=True),
            ],
            "why": why,
            "steps": [
                Step(
                    "Returned for correction",
                    now,
                    "Reviewer",
                    tone=Tone.WARNING,
                    icon="arrow-back-up",
                    why=why,
                ),
                Step(
                    "Verified on site", now - timedelta(days=1), "Instructor", "3 photos", Tone.GOOD, "check"
                ),
                Step("Submitted", now - timedelta(days=2), "Contact of the enterprise", icon="send"),
            ],
            "figures": [
                KeyFigure("Enterprises resumed", "91", "of 106", as_of=now, proof_url="#proof"),
                KeyFigure("Resumption rate", "85.8", "%", as_of=now, proof_url="#proof"),
                KeyFigure("People on post", "9000", "people", "more than", now, proof_url="#proof"),
                KeyFigure("Overdue", "2", tone=Tone.BAD, as_of=now, note="both with the reviewer"),
            ],
            "terms": [
                Term("Credit code", "91140200MA0H0XYZ3B"),
                Term("Park", "Equipment park", "#park"),
                Term("Address", "12 North Street, equipment manufacturing industrial park, district"),
                Term("Chief", None),
            ],
            "form": SampleForm(
                {"name": "Lesen Heima Ltd", "code": "9114020", "size": "above", "origin": "a"}
            ),
        },
        table=KINDS.bind(ContentType.objects.all(), request, export_url="#export"),
    )
