"""The closed lists of the census. Outcomes and findings are each campaign's own, as data."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

SEE: Final = "census.see"
RUN: Final = "census.run"
CALL: Final = "census.call"

PERMISSIONS: Final = {
    SEE: _("see census campaigns and their totals"),
    RUN: _("make, open and close census campaigns"),
    CALL: _("work the list of a census: call, one person at a time"),
}

CASE: Final = "census.case"
REACH_DUTY: Final = "census.reach"
DUTY_KINDS: Final = {REACH_DUTY: _("Reach everybody on the list of a census")}
ENTERPRISE: Final = "enterprise"


class CampaignState(TextChoices):
    DRAFT = "draft", _p("campaign", "Draft")
    OPEN = "open", _p("campaign", "Open")
    CLOSED = "closed", _p("campaign", "Closed")


class CaseState(TextChoices):
    OPEN = "open", _("To be reached")
    CLOSED = "closed", _p("case", "Closed")


class CallKind(TextChoices):
    """A row of the log: a call, or the taking back of one. Both stay."""

    CALL = "call", _p("log", "Call")
    UNDO = "undo", _("Taken back")
