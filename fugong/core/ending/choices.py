"""The closed lists of ending data."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Declared further down, by accounts.
SECURITY: Final = "destruction.approve_security"
AUDIT: Final = "destruction.approve_audit"


class Mode(TextChoices):
    DUE = "due", _("what is past its end date")
    EMERGENCY = "emergency", _("the emergency is over")


class Fate(TextChoices):
    DESTROY = "destroy", _("rows destroyed")
    BLANK = "blank", _("personal columns emptied, the row stays")


class Side(TextChoices):
    """Of the two who approve: neither can do it alone, and nobody holds both powers."""

    SECURITY = "security", _("security administrator")
    AUDIT = "audit", _("audit administrator")


PERMISSION_OF: Final = {Side.SECURITY: SECURITY, Side.AUDIT: AUDIT}
