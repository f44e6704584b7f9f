"""How far a list has come, and the outcomes of rows that every kind of list knows."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy as _p

UNCHANGED: Final = "unchanged"
REFUSED: Final = "refused"


class BatchState(TextChoices):
    """How far an import has come."""

    READING = "reading", _p("import", "Being read")
    READ = "read", _p("import", "Waiting for confirmation")
    CONFIRMING = "confirming", _p("import", "Being taken over")
    CONFIRMED = "confirmed", _p("import", "Confirmed")
    DISCARDED = "discarded", _p("import", "Discarded")
    EXPIRED = "expired", _p("import", "Expired")
    FAILED = "failed", _p("import", "Not readable")
