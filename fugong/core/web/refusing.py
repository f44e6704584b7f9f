"""From a refusal of an operation to the errors of the form that asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from fugong.core.refusals import NotFound, NotPermitted, Refused


@contextmanager
def or_errors(form: forms.Form) -> Iterator[None]:
    """Each sentence goes to its field when the form has it, else above the form, which keeps what was typed.

    Who may not do it, or asks for what is not there, gets the page for that instead; so does who sent nothing
    at all, for whom there is nothing to keep.
    """
    try:
        yield
    except (NotPermitted, NotFound):
        raise
    except Refused as refusal:
        if not form.is_bound:
            raise
        for name, sentence in refusal.fields.items():
            form.add_error(name if name in form.fields else None, str(sentence))
        if not refusal.fields:
            form.add_error(None, str(refusal))
