"""What others say to the clearance, and its closed lists. The stored value is a short word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.playbooks import facts as playbooks

SEE: Final = "clearance.see"
PROPOSE: Final = "clearance.propose"
CONFIRM: Final = "clearance.confirm"
ANSWER: Final = "clearance.answer"
APPEAL: Final = "clearance.appeal"

ASK: Final = "ask"
"""The level where no playbook in force knows levels: nobody is free for want of a rule."""

BY_HAND: Final = playbooks.BY_HAND
FILE: Final = playbooks.FILE
DATA_CLASS: Final = "clearance"
"""What is said for and against a level lies under keys of its own, which end with it."""

HAND_FILE: Final = "clearance.by_hand"
"""What lies under a level by hand: a photo, a Word file or a PDF."""

PERSON: Final = "people.person"
STANDING_DECISION: Final = "clearance.level"
HAND_DECISION: Final = "clearance.by_hand"
APPEAL_DECISION: Final = "clearance.appeal"
DECISION_KINDS: Final = {
    STANDING_DECISION: _("Level of a person"),
    HAND_DECISION: _("Level set by hand"),
    APPEAL_DECISION: _("Appeal against a level"),
}

CONFIRM_DUTY: Final = "clearance.confirm"
APPEAL_DUTY: Final = "clearance.answer"
DUTY_KINDS: Final = {
    CONFIRM_DUTY: _("Confirm or refuse a level proposed by hand"),
    APPEAL_DUTY: _("Answer the appeal against a level"),
}


class HandState(TextChoices):
    """A level proposed by one person holds only when a second one has confirmed it."""

    PROPOSED = "proposed", _("Waiting for the second person")
    CONFIRMED = "confirmed", _p("level by hand", "Confirmed")
    REFUSED = "refused", _p("level by hand", "Refused")
    ENDED = "ended", _("Ended early")


class AppealState(TextChoices):
    OPEN = "open", _p("appeal", "Waiting for the answer")
    GRANTED = "granted", _("Was wrong: the level is lifted")
    DISMISSED = "dismissed", _("The level stands")


@dataclass(frozen=True, slots=True)
class Source:
    """What a piece of evidence stands on: a row of the context that writes it.

    The label says which kind of row it is ("Health report of 2020-02-20"), never what is in it: it is read at
    the gate and on the person's own page.
    """

    kind: str
    id: UUID
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's evidence, where the same kind is recorded of many at once."""

    person_id: UUID
    since: datetime
    source: Source
    until: datetime | None = None


def register_evidence_kinds(kinds: Mapping[str, str | Promise], *, latest: Iterable[str] = ()) -> None:
    """For a context that starts, before it records evidence of kinds a playbook may name.

    `latest` names those of which only a person's newest counts and is kept, such as a daily report. The usual
    kinds (fever, symptom, report_missing, health_report, tests, contacts, quarantine) are known already.
    """
    playbooks.register_evidence_kinds(kinds, latest=latest)
