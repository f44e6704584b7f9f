"""The closed lists of the person files. The stored value is a short word; the label is translated."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

SEE: Final = "people.see"
REGISTER: Final = "people.register"
UNMASK: Final = "people.unmask"
MERGE: Final = "people.merge"
CALL: Final = "people.call"
PERSON: Final = "people.person"
CONFIRM_DUTY: Final = "people.confirm_registrations"
MOVE_DUTY: Final = "people.move_person"
ANSWER_DUTY: Final = "people.answer_challenge"
DUTY_KINDS: Final = {
    CONFIRM_DUTY: _("Confirm people who registered themselves"),
    MOVE_DUTY: _("Move a person's file to another enterprise"),
    ANSWER_DUTY: _("Answer what a person says against an entry"),
}
DATA_CLASS: Final = "person"
"""Identity and telephone of people lie under keys of their own: they end on another date than a contact's."""


class DocumentKind(TextChoices):
    """What a person is known by (the kinds of GB/T 38962-2020 that occur in a workforce)."""

    RESIDENT_ID = "resident_id", _("Resident ID card")
    PASSPORT = "passport", _("Passport")
    HK_MACAO_PERMIT = "hk_macao_permit", _("Mainland travel permit for Hong Kong and Macao residents")
    TAIWAN_PERMIT = "taiwan_permit", _("Mainland travel permit for Taiwan residents")
    FOREIGN_RESIDENT = "foreign_resident", _("Foreign permanent resident ID card")
    OTHER = "other", _p("document", "Other document")


class Sex(TextChoices):
    """GB/T 2261.1-2003, without its code for the unexplained: what nobody said is empty."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Way(TextChoices):
    """How what is said of a person came in."""

    FORM = "form", _("Typed in by an office")
    LIST = "list", _("From a list")
    OWN_PHONE = "own_phone", _("By the person, on a phone")
    PAPER = "paper", _("From a paper sheet")
    CALL = "call", _("By telephone")
    SYNTHETIC = "synthetic", _("Made up for a demonstration")


class StaffOutcome(TextChoices):
    """What confirming a list of staff would do with one row."""

    NEW = "new", _p("import row", "New")
    CHANGED = "changed", _p("import row", "Changed")
    MOVED = "moved", _p("import row", "Comes here")
    QUESTION = "question", _p("import row", "To be decided")
    UNCHANGED = "unchanged", _p("import row", "Unchanged")
    REFUSED = "refused", _p("import row", "With errors")


class HistoryKind(TextChoices):
    """What a person's history holds besides stays, reports and passages."""

    VACCINATION = "vaccination", _("Vaccination")
    CONTACT = "contact", _p("history", "Contact")
    COMMITMENT = "commitment", _("Commitment")


class Transport(TextChoices):
    """How somebody travels; the number is that of the train, flight, bus or vehicle."""

    TRAIN = "train", _("Train")
    FLIGHT = "flight", _("Flight")
    COACH = "coach", _("Coach")
    CHARTERED = "chartered", _("Chartered bus")
    CAR = "car", _("Car")
    SHIP = "ship", _("Ship")
    OTHER = "other", _p("transport", "Other")


class UnmaskReason(TextChoices):
    """Why somebody needs to read a number in full."""

    CALL = "call", _("To reach the person")
    CHECK = "check", _("To compare it with the document")
    TRACING = "tracing", _("To find contacts of a case")
    CARE = "care", _("To arrange care or transport")
    CORRECTION = "correction", _("To correct the file")


class Bond(TextChoices):
    """How a phone came to stand for a person: what the enterprise knew when it confirmed."""

    OPENED = "opened", _("The file was opened by this registration")
    KNOWN = "known", _("The file was there; the enterprise said it is the same person")


class PhoneEnd(TextChoices):
    """Why a phone no longer stands for a person."""

    REPLACED = "replaced", _("Another phone took its place")
    LOST = "lost", _("It was reported lost or passed on")
    BY_PERSON = "by_person", _("Taken off by the person")
    REFUSED = "refused", _("The registration was not confirmed")
    EXPIRED = "expired", _("Nobody confirmed the registration in time")


class RegistrationState(TextChoices):
    """Where a person's own registration stands."""

    WAITING = "waiting", _p("registration", "Waiting")
    CONFIRMED = "confirmed", _p("registration", "Confirmed")
    REFUSED = "refused", _p("registration", "Refused")
    EXPIRED = "expired", _p("registration", "Expired")


class Refusal(TextChoices):
    """Why an enterprise does not confirm a registration."""

    NOT_OURS = "not_ours", _("Does not work here")
    WRONG = "wrong", _("What was given is wrong")
    TWICE = "twice", _("Registered twice")
    OTHER_PERSON = "other_person", _("Given in another person's name")


class Entry(TextChoices):
    """Which entry of the own file a person says something against, or wants corrected."""

    NAME = "name", _p("person", "Name")
    DOCUMENT = "document", _("Number of the document")
    PHONE = "phone", _("Telephone")
    HOME_REGION = "home_region", _("Home region")
    LODGING = "lodging", _("Present lodging")
    EMPLOYMENT = "employment", _("Employment")
    LOOK = "look", _("Somebody read my numbers")
    OTHER = "other", _p("entry", "Something else")


class Answer(TextChoices):
    """What becomes of an entry that was challenged. What the person said stays beside it either way."""

    CORRECTED = "corrected", _("The entry was corrected")
    STAYS = "stays", _("The entry stays; the note stands beside it")


class LeaderReach(TextChoices):
    """How whoever leads a crew is reached; without an account the enterprise owes the rolls."""

    ACCOUNT = "account", _("with an account: owes the rolls and is reminded")
    PHONE = "phone", _("a worker: has the sheet and the reminders on the own phone")
    PAPER = "paper", _("without an account or a phone: the enterprise answers")
    GONE = "gone", _("has left: the enterprise answers")
