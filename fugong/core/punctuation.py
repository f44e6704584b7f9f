"""Marks between words as the reader's language sets them: Chinese has its own colon and its own comma."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _


def labelled(label: object, text: object) -> str:
    """A name and what is said of it."""
    return f"{label}{_(': ')}{text}"


def listed(words: Iterable[object]) -> str:
    """Several things of one kind in a row."""
    return _(", ").join(str(word) for word in words)
