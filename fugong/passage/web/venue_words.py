"""The answer at a venue in words, for the person who scanned it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.web.parts import Status, Text, Tone
from fugong.passage.choices import Answer, Direction, Reason
from fugong.passage.operations.venues import Answered

KEPT: Final = _("It is kept, and does not count as being here.")
BY_GUARD: Final = _("It counts once the guard has confirmed it: stay until then.")
SENTENCES: Final[dict[Reason, Text]] = {
    Reason.LEVEL: _("Your level does not let you pass here."),
    Reason.LEVEL_UNKNOWN: _("Nothing recent enough is on record about you. Ask at the place."),
    Reason.NO_FILE: _("You have no file here. Ask at the place."),
    Reason.OTHER_ENTERPRISE: _("This place is for the people of its own enterprise. Ask at the place."),
    Reason.CREW_HOURS: _("These are not the hours of your shift. Ask at the place."),
    Reason.NO_TEST: _("A recent test is asked for here. Ask at the place."),
    Reason.NOT_IN_LOOP: _("Only people of the closed loop pass here."),
    Reason.NOT_ON_THE_SPOT: _("It was not shown that you are at the place."),
    Reason.USED_ELSEWHERE: _("This page was used before, or opened by another phone. Scan the code again."),
    Reason.OLD: _("This page was opened too long ago. Scan the code at the place again."),
    Reason.EARLY: _("This page says that it was opened later than now. Scan the code again."),
}
ANSWERS: Final = {
    (Answer.ALLOW, Direction.IN): Status(_("You may come in"), Tone.GOOD, "circle-check"),
    (Answer.ALLOW, Direction.OUT): Status(_("Your leaving is noted"), Tone.GOOD, "circle-check"),
    (Answer.ASK, Direction.IN): Status(_p("gate", "Ask at the place"), Tone.WARNING, "alert-triangle"),
    (Answer.ASK, Direction.OUT): Status(_p("gate", "Ask at the place"), Tone.WARNING, "alert-triangle"),
    (Answer.STOP, Direction.IN): Status(_("Do not go in"), Tone.BAD, "ban"),
    (Answer.STOP, Direction.OUT): Status(_("Not counted"), Tone.BAD, "ban"),
}
OF_THE_PAGE: Final = frozenset({Reason.USED_ELSEWHERE, Reason.OLD, Reason.EARLY})


def status_of(answered: Answered) -> Status:
    if answered.reason in OF_THE_PAGE:
        return Status(_("Not counted"), Tone.BAD, "circle-x")
    return ANSWERS[answered.answer, answered.direction]


def sentences_of(answered: Answered, *, by_guard: bool = False) -> list[Text]:
    """Why, and where it does not count, that: in this order. `by_guard`: it may count yet."""
    if by_guard and answered.reason is Reason.NOT_ON_THE_SPOT:
        return [BY_GUARD]
    said = [SENTENCES[answered.reason]] if answered.reason in SENTENCES else []
    return said if answered.counts or answered.reason is Reason.LEVEL else [*said, KEPT]


def is_about_level(answered: Answered) -> bool:
    """Then the own page says why, and how to contest it."""
    return answered.reason in (Reason.LEVEL, Reason.LEVEL_UNKNOWN)
