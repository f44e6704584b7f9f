"""Chinese as its readers write it: texts are written in simplified characters, traditional ones are derived.

Derived with OpenCC's `s2hk`: the character forms of Hong Kong, the words unchanged. `s2twp` would also change
words, and with them terms of the law and of this field (it writes one word for both review and audit); `s2t`
gives forms that nobody uses in an office.
"""

from __future__ import annotations

from functools import lru_cache

import opencc
from django.utils.translation import get_language

CONVERSION = "s2hk"
TRADITIONAL = "zh-hant"


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC(CONVERSION)


@lru_cache(maxsize=4_096)
def in_traditional(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


def as_read(text: str) -> str:
    """A Chinese text kept as data (of a playbook; not anybody's name) in the reader's characters."""
    return in_traditional(text) if get_language() == TRADITIONAL else text
