"""Refusals: what a context says no to, each with a stable code and one sentence for the reader."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Refused(Exception):
    """Base of all refusals: nothing was written. `fields` names the form fields at fault, if any."""

    status = 422

    def __init__(
        self, message: Sentence, *, code: str = "refused", fields: Mapping[str, Sentence] | None = None
    ) -> None:
        super().__init__(code)
        self.message = message
        self.code = code
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refused):
    """What was entered cannot be right."""

    status = 422


class NotPermitted(Refused):
    """The person may not do this."""

    status = 403

    def __init__(self, message: Sentence | None = None, *, code: str = "not_permitted") -> None:
        super().__init__(message or _("Your roles do not allow this."), code=code)


class NotFound(Refused):
    """It does not exist, or not for this person: the two are never told apart."""

    status = 404

    def __init__(self, message: Sentence | None = None, *, code: str = "not_found") -> None:
        super().__init__(message or _("This does not exist, or you may not see it."), code=code)


class Conflict(Refused):
    """The record has moved on since the person looked: somebody else decided, withdrew or changed it."""

    status = 409
