"""Refusals carry a code for programs and one sentence for the reader, in the reader's language."""

import pytest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted, Refused


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refused("no"), 422),
        (Invalid("no"), 422),
        (NotPermitted(), 403),
        (NotFound(), 404),
        (Conflict("no"), 409),
    ],
)
def test_each_refusal_has_a_status_a_code_and_a_sentence(refusal, status):
    assert refusal.status == status
    assert refusal.code
    assert str(refusal)


def test_the_sentence_is_said_in_the_language_of_whoever_reads():
    refusal = NotPermitted()
    with translation.override("en"):
        english = str(refusal)
    with translation.override("zh-hans"):
        chinese = str(refusal)
    assert english == "Your roles do not allow this."
    assert chinese != english


def test_fields_are_a_copy():
    fields: dict[str, str | Promise] = {"day": _("Choose a later day.")}
    refusal = Invalid("no", fields=fields)
    fields.clear()
    assert list(refusal.fields) == ["day"]


def test_the_traceback_of_a_log_names_the_code():
    assert Conflict("words", code="published").args == ("published",)
