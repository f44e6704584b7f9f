"""The closed lists of planned returns."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

SEE: Final = "returns.see"
PLAN: Final = "returns.plan"

PERMISSIONS: Final = {
    SEE: _("see planned returns and what they need"),
    PLAN: _("plan returns of people, and confirm arrivals"),
}

DECISION: Final = "returns.decision"
DECISION_KINDS: Final = {DECISION: _("May this person return")}
ARRIVAL_DUTY: Final = "returns.arrival"
DUTY_KINDS: Final = {ARRIVAL_DUTY: _("Confirm the arrival")}
SUBJECT: Final = "planned_return"
SEPARATION: Final = "separation"
EVIDENCE_KINDS: Final = {SEPARATION: _("Kept apart on arrival")}
"""A playbook's clearance rules may name it."""


class State(TextChoices):
    PLANNED = "planned", _p("return", "Planned")
    NOT_ALLOWED = "not_allowed", _p("return", "Not allowed")
    ARRIVED = "arrived", _p("return", "Arrived")
    CANCELLED = "cancelled", _p("return", "Cancelled")


class Outcome(TextChoices):
    """What the playbook's rules about origin say; the words are theirs."""

    MAY_RETURN = "may_return", _("May return")
    WITH_CONDITIONS = "with_conditions", _("May return under conditions")
    NOT_YET = "not_yet", _("May not return yet")
    ASK = "ask", _("To be asked first")


class Lodging(TextChoices):
    HOME = "home", _("A home of one's own")
    DORMITORY = "dormitory", _("A dormitory of the enterprise")
    OTHER = "other", _p("lodging", "Elsewhere")


class Place(TextChoices):
    """Where somebody is kept apart; empty where nobody is."""

    HOME = "home", _("At home")
    ENTERPRISE = "enterprise", _("In the enterprise")
    CENTRAL = "central", _("In a central place")


OPEN: Final = (State.PLANNED, State.NOT_ALLOWED)
