"""What a page says, in the language of its reader: the same messages that the server translates with."""

from __future__ import annotations

from typing import Protocol

from django.utils import translation

CHINESE = "zh-hans"
TRADITIONAL = "zh-hant"
ENGLISH = "en"


class Text(Protocol):
    def in_language(self, language: str) -> str: ...


class Words:
    def __init__(self, language: str) -> None:
        self.language = language

    @property
    def short(self) -> str:
        return self.language[:2]

    def __call__(self, message: str, **values: object) -> str:
        with translation.override(self.language):
            return translation.gettext(message) % values if values else translation.gettext(message)

    def several(self, one: str, more: str, number: int, **values: object) -> str:
        with translation.override(self.language):
            return translation.ngettext(one, more, number) % values

    def of(self, text: Text) -> str:
        """A playbook's own words."""
        return text.in_language(self.language)
