"""Names kept as data in two languages, shown in the reader's."""

from __future__ import annotations

from django.utils.translation import get_language

from fugong.core.languages import as_read


def in_language(zh: str, en: str) -> str:
    """The English text for English readers where there is one; else the Chinese in their characters."""
    language = get_language() or ""
    return en if en and language.startswith("en") else as_read(zh)
