"""The parts that pages are made of: what they say, to eyes and to ears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from fugong.core import icons
from fugong.core.refusals import Conflict
from fugong.core.web.parts import KeyFigure, Status, Step, Term, Tone, Why, WhyReason, clock, duration

NOW = datetime(2022, 4, 27, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


class Sample(forms.Form):
    name = forms.CharField(help_text="As on the licence.")
    code = forms.CharField(min_length=18)
    size = forms.ChoiceField(choices=[("above", "above"), ("below", "below")])
    tags = forms.MultipleChoiceField(
        choices=[("a", "first"), ("b", "second")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField()
    key = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(days=3, hours=5), "3 days left", Tone.NEUTRAL),
        (timedelta(hours=47), "47 hours left", Tone.NEUTRAL),
        (timedelta(hours=24), "24 hours left", Tone.WARNING),
        (timedelta(minutes=1), "1 minute left", Tone.WARNING),
        (timedelta(0), "0 minutes left", Tone.WARNING),
        (-timedelta(hours=1), "overdue by 1 hour", Tone.BAD),
        (-timedelta(days=9), "overdue by 9 days", Tone.BAD),
    ],
)
def test_clock_says_how_long(left: timedelta, words: str, tone: Tone) -> None:
    chip = clock(NOW + left, now=NOW, side="with the reviewer")
    assert (str(chip.label), chip.tone) == (words, tone)


def test_clock_that_is_stopped_is_never_overdue() -> None:
    chip = clock(NOW - timedelta(days=9), now=NOW, stopped=True)
    assert chip.tone is Tone.NEUTRAL
    assert chip.icon == "player-pause"


def test_duration_speaks_the_reader_s_language() -> None:
    with translation.override("zh-hans"):
        assert duration(timedelta(hours=3)) == "3小时"
    with translation.override("zh-hant"):
        assert duration(timedelta(hours=3)) == "3小時"


@pytest.mark.parametrize("tone", list(Tone))
def test_status_is_an_icon_and_words_beside_its_colour(tone: Tone) -> None:
    html = render_to_string("parts/status.html", {"status": Status("returned", tone)})
    assert "<svg" in html
    assert "returned" in html
    assert f"tone-{tone.value}" in html


def test_tones_have_icons_that_differ() -> None:
    assert len({Status("", tone).icon for tone in Tone}) == len(Tone)


def test_why_says_met_and_not_met_in_words() -> None:
    reasons = [
        WhyReason("Masks for two weeks", True, "Notice 12, item 3", "photo", "/files/1"),
        WhyReason("Staff register complete", False),
        WhyReason("Own transport", None),
    ]
    html = render_to_string("parts/why.html", {"why": Why("Returned", reasons, "datong 2022.1", "Ann", NOW)})
    for words in ('aria-label="met"', 'aria-label="not met"', 'aria-label="noted"', "Notice 12, item 3"):
        assert words in html
    assert '<a href="/files/1">photo</a>' in html
    assert "datong 2022.1" in html
    assert "2022-04-27 18:30" in html


def test_timeline_carries_the_reasons_of_its_steps() -> None:
    why = Why("Returned", [WhyReason("Masks", False)])
    html = render_to_string("parts/timeline.html", {"steps": [Step("Returned", NOW, "Ann", why=why)]})
    assert "Masks" in html
    assert "Ann" in html


def test_figure_shows_its_exactness_moment_and_proof() -> None:
    figure = KeyFigure("People on post", "9000", "people", "more than", NOW, proof_url="/proof/1")
    html = render_to_string("parts/figure.html", {"figure": figure})
    for words in ("more than", "9000", "people", "2022-04-27 18:30", 'href="/proof/1"'):
        assert words in html


def test_definition_without_a_value_says_so() -> None:
    html = render_to_string("parts/definitions.html", {"terms": [Term("Chief", None), Term("Number", 0)]})
    assert "none" in html
    assert "<dd>0</dd>" in html


def test_form_that_came_back_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    form = Sample({"name": "<Lesen>", "code": "9114", "size": "below", "tags": ["b"], "key": "k"})
    html = render_to_string("probes/form.html", {"form": form})
    assert 'value="&lt;Lesen&gt;"' in html
    assert '<option value="below" selected>' in html
    assert 'value="b" class="form-check-input" id="id_tags_1" checked' in html
    assert "2 things to correct; nothing was saved." in html
    assert '<a href="#id_code">' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_code_error"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'type="hidden" name="key" value="k"' in html


def test_field_label_says_what_may_stay_empty() -> None:
    html = render_to_string("probes/form.html", {"form": Sample()})
    assert html.count('class="field-optional"') == 1
    assert html.count('class="field-required"') == 3


def test_icon_without_a_label_is_silent_and_with_one_speaks() -> None:
    assert 'aria-hidden="true"' in icons.draw("check")
    assert 'role="img" aria-label="&lt;met&gt;"' in icons.draw("check", label="<met>")


def test_icon_that_was_not_built_is_named() -> None:
    with pytest.raises(icons.UnknownIcon, match="no-such-icon"):
        icons.draw("no-such-icon")


@pytest.mark.parametrize("page", ["400.html", "403_csrf.html", "500.html"])
def test_page_for_the_worst_moment_needs_nothing(page: str) -> None:
    html = render_to_string(page)
    assert 'id="refusal"' in html
    assert 'href="/"' in html


@pytest.mark.parametrize("page", ["403.html", "404.html"])
def test_page_that_stops_says_what_to_do_next(page: str, rf: RequestFactory) -> None:
    html = render_to_string(page, request=rf.get("/nowhere"))
    assert 'id="refusal"' in html
    assert "<main" in html


def test_refusal_is_a_page_for_a_browser_and_a_notice_for_htmx(rf: RequestFactory) -> None:
    refusal = Conflict("Somebody else decided.")
    request = rf.get("/applications/1")
    page = render_to_string("core/refused.html", {"refusal": refusal}, request=request)
    assert "Somebody else decided." in page
    assert "<main" in page
    request.htmx = True  # type: ignore[attr-defined]
    notice = render_to_string("core/refused.html", {"refusal": refusal}, request=request)
    assert notice.strip().startswith('<div class="notice tone-bad" id="refusal">')
    assert "<main" not in notice
