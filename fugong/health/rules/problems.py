"""What is wrong with a value: a stable code, and a sentence for whoever typed it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    sentence: str | Promise
