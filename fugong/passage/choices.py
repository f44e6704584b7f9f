"""Words of gates. Their numbers are stored by the million and held by phones: they are never given anew."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

DATA_CLASS: Final = "passage"
SEE: Final = "passage.see"
KEEP: Final = "passage.keep"
GUARD: Final = "passage.guard"
INVITE: Final = "passage.invite"
TRACE: Final = "passage.trace"
SIGNS: Final = "passage.signs"
KEYS: Final = "passage.keys"
ISSUE: Final = "passage.issue"

PERMISSIONS: Final = {
    SEE: _("see gates, how many passed and who is inside now"),
    KEEP: _("keep gates, zones and their devices"),
    GUARD: _("stand at a gate and let people and vehicles pass"),
    INVITE: _("invite visitors and name vehicles of the own enterprise"),
    ISSUE: _("print cards and issue vehicle passes"),
    TRACE: _("see where somebody passed, and who was there at the same time"),
    SIGNS: _("see signs in passages, and say what they were"),
    KEYS: _("renew the keys that sign codes"),
}
CHANNEL: Final = "fugong_gate"
"""On which the database tells the gate process what has changed."""
SIGNING: Final = "gate"
"""The purpose under which the authority's signing keys for codes lie in the keys' folder."""


class GateKind(TextChoices):
    DOOR = "door", _p("gate", "Door of an enterprise or a park")
    WORKSHOP = "workshop", _("Workshop")
    ROAD = "road", _("Checkpoint on a road")
    VENUE = "venue", _("Venue with a poster")


class Directions(TextChoices):
    BOTH = "both", _("In and out")
    IN = "in", _p("gate", "In only")
    OUT = "out", _p("gate", "Out only")


class DeviceKind(TextChoices):
    PHONE = "phone", _("Guard's phone")
    KIOSK = "kiosk", _p("gate", "Kiosk")
    TURNSTILE = "turnstile", _("Turnstile")
    DESK = "desk", _("Desk at a checkpoint")
    SCREEN = "screen", _("Screen with a venue's code")


class DeviceEnd(TextChoices):
    LOST = "lost", _p("gate", "Lost")
    REPLACED = "replaced", _p("gate", "Replaced")
    RETIRED = "retired", _p("gate", "Out of use")


class PlateKind(TextChoices):
    """GA 36: what a plate looks like tells what it is for."""

    ORDINARY = "ordinary", _("Ordinary")
    NEW_ENERGY = "new_energy", _("New energy")
    TRAILER = "trailer", _("Trailer")
    CROSS_BORDER = "cross_border", _("Hong Kong or Macao")
    OTHER = "other", _p("plate", "Other")


class Sign(TextChoices):
    """Why somebody should go and look."""

    IMPOSSIBLE = "impossible", _("One code at two gates, faster than anybody travels")
    TWO_GATES = "two_gates", _("One code at two gates within a minute")
    CROWD = "crowd", _("A venue scanned by very many within a minute")
    CLOCK = "clock", _("A device whose clock is wrong")


class Answer(IntEnum):
    """Sorted: of several, the higher one counts."""

    ALLOW = 1
    ASK = 2
    STOP = 3


class Reason(IntEnum):
    """Why: the sentence to each stands in the pages' languages."""

    FREE = 0
    UNKNOWN_CODE = 1
    MALFORMED = 2
    FORGED = 3
    EXPIRED = 4
    OLD = 5
    EARLY = 6
    REVOKED = 7
    NO_FILE = 8
    LEVEL = 9
    LEVEL_UNKNOWN = 10
    FEVER = 11
    OTHER_ENTERPRISE = 12
    CREW_HOURS = 13
    WINDOW = 14
    NO_PASS = 15
    GATE_CLOSED = 16
    NO_TEST = 17
    NOT_IN_LOOP = 18
    NOT_ON_THE_SPOT = 19
    USED_ELSEWHERE = 20


class Direction(IntEnum):
    IN = 1
    OUT = 2


class Way(IntEnum):
    """By what somebody was known at the gate."""

    LIVE_CODE = 1
    OFFLINE_CODE = 2
    CARD = 3
    NUMBER = 4
    VENUE = 5
    PLATE = 6
    BY_HAND = 7


class SubjectKind(IntEnum):
    UNKNOWN = 0
    PERSON = 1
    VISITOR = 2
    VEHICLE = 3


class Flag(IntFlag):
    FORCED = 1
    """Went through against the answer: a fact of its own, whoever let it happen."""
    NOT_SHOWN_TO_BE_THERE = 2
    """A venue scanned without the check on the spot: kept, and never counted as presence."""
    MISDATED = 4
    """The device's clock said what cannot be: kept at the moment it was received."""
    DECIDED_OFFLINE = 8
    CONFLICT = 16
    """The device let pass, or stopped, somebody whom the server would have answered otherwise."""
