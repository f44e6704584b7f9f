"""What is said beside the form while a number is typed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.web.parts import Hint, Tone
from fugong.people import queries
from fugong.people.choices import DocumentKind
from fugong.people.rules.documents import RESIDENT_LENGTH, BadDocument, checked, normalised
from fugong.people.web.shown import address_of


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
