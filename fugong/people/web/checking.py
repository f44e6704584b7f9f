"""What is said beside the form while a number is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.names import name_key, tidy
from fugong.core.web.parts import Hint, Tone
from fugong.people import queries
from fugong.people.choices import DocumentKind
from fugong.people.rules.documents import RESIDENT_LENGTH, BadDocument, checked, normalised
from fugong.people.web.shown import address_of

LEAST_PHONE = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be of the person who is being typed in, as far as the reader may see it."""

    name: str
    phone: str
    place: str
    url: str


def candidates_of(actor: Actor, name: str, phone: str) -> list[Candidate]:
    """Nothing for what is too short to mean anybody; nothing at all from beyond the actor's sight."""
    found = queries.list_candidates(actor, name_key=name_key(tidy(name)), phone=_whole_phone(phone))
    return [
        Candidate(
            name=person.name,
            phone=queries.masked_numbers(person).phone,
            place=person.enterprise.name if person.enterprise else "",
            url=address_of(person),
        )
        for person in found
    ]


def _whole_phone(text: str) -> str:
    """A part of a number finds nobody: it must not be a way to guess the rest."""
    return text if sum(sign.isdigit() for sign in text) >= LEAST_PHONE else ""


def hint_of(actor: Actor, kind: str, text: str, *, today: date) -> Hint | None:
    """Nothing while it is still being typed. Of a file out of the actor's sight nothing is told either."""
    if kind not in DocumentKind.values or not normalised(text):
        return None
    if kind == DocumentKind.RESIDENT_ID and len(normalised(text)) < RESIDENT_LENGTH:
        return None
    try:
        number = checked(DocumentKind(kind), text, today=today)
    except BadDocument as bad:
        return Hint(bad.sentence, Tone.BAD, "circle-x")
    known = queries.find_by_document(actor, number)
    if known is None:
        return Hint(_("The number is well formed."), Tone.GOOD, "circle-check")
    sentence = _("%(name)s has this number; the file is kept on, not opened twice.") % {"name": known.name}
    return Hint(sentence, Tone.WAITING, "info-circle", address_of(known))
