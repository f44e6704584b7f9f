"""The closed lists of the person files. The stored value is a short word; the label is translated."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

SEE: Final = "people.see"
REGISTER: Final = "people.register"
UNMASK: Final = "people.unmask"
PERSON: Final = "people.person"
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


class UnmaskReason(TextChoices):
    """Why somebody needs to read a number in full."""

    CALL = "call", _("To reach the person")
    CHECK = "check", _("To compare it with the document")
    TRACING = "tracing", _("To find contacts of a case")
    CARE = "care", _("To arrange care or transport")
    CORRECTION = "correction", _("To correct the file")
