"""States and steps of a difficulty, and the kinds to choose from where a playbook names none."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class Category(models.TextChoices):
    """Used where the playbook in force names no kinds of its own."""

    MATERIALS = "materials", _("Raw materials")
    LOGISTICS = "logistics", _("Logistics and transport")
    STAFF_RETURN = "staff_return", _("Return of staff")
    FINANCE = "finance", _("Finance and loans")
    LABOUR = "labour", _("Recruitment and labour")
    EPIDEMIC_SUPPLIES = "epidemic_supplies", _("Epidemic control supplies")
    OTHER = "other", _p("difficulty", "Other")


class State(models.TextChoices):
    RAISED = "raised", _("Waiting to be assigned")
    ASSIGNED = "assigned", _("Being worked on")
    ANSWERED = "answered", _("Answered, waiting for the enterprise")
    SOLVED = "solved", _p("difficulty", "Solved")
    WITHDRAWN = "withdrawn", _p("difficulty", "Withdrawn")


class Step(models.TextChoices):
    """What may happen to a difficulty; the word stands in its events."""

    RAISE = "raise", _p("difficulty", "Raised")
    ASSIGN = "assign", _p("difficulty", "Assigned")
    ANSWER = "answer", _p("difficulty", "Answered")
    SOLVE = "solve", _("Solved, says the enterprise")
    SEND_BACK = "send_back", _("Not solved, says the enterprise")
    WITHDRAW = "withdraw", _("Withdrawn by the enterprise")


OPEN_STATES: Final = (State.RAISED, State.ASSIGNED, State.ANSWERED)

SUBJECT: Final = "difficulty"

# Kinds of duty
ASSIGN_DUTY: Final = "support.assign"
ANSWER_DUTY: Final = "support.answer"
CLOSE_DUTY: Final = "support.close"

DUTY_KINDS: Final = {
    ASSIGN_DUTY: _("Assign the difficulty"),
    ANSWER_DUTY: _("Answer the difficulty"),
    CLOSE_DUTY: _("Say whether the difficulty is solved"),
}

# Names under which a playbook's `clocks` sets these times, and the calendar days where it sets none.
ASSIGN_CLOCK: Final = "difficulty_assign"
ANSWER_CLOCK: Final = "difficulty_answer"
CLOSE_CLOCK: Final = "difficulty_close"
CLOCK_OF: Final = {ASSIGN_DUTY: ASSIGN_CLOCK, ANSWER_DUTY: ANSWER_CLOCK, CLOSE_DUTY: CLOSE_CLOCK}
FALLBACK_DAYS: Final = {ASSIGN_CLOCK: 1, ANSWER_CLOCK: 5, CLOSE_CLOCK: 5}

RAISE: Final = "difficulties.raise"
CLOSE: Final = "difficulties.close"
ASSIGN: Final = "difficulties.assign"
ANSWER: Final = "difficulties.answer"

PERMISSIONS: Final = {
    RAISE: _("raise difficulties of an enterprise"),
    CLOSE: _("say whether a difficulty of the own enterprise is solved"),
    ASSIGN: _("hand difficulties out"),
    ANSWER: _("answer difficulties"),
}
