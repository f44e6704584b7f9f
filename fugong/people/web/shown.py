"""A file as its page shows it: masked, with its history in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.queries import list_history
from fugong.core.web.parts import Step, Term, Tone
from fugong.people import queries
from fugong.people.choices import PERSON, DocumentKind, UnmaskReason, Way
from fugong.people.models import Person
from fugong.people.operations import Unmasked
from fugong.people.rules.regions import region_name

ACTS = {
    "people.register": (gettext_lazy("File opened"), "user-plus", Tone.GOOD),
    "people.correct": (gettext_lazy("File corrected"), "pencil", Tone.NEUTRAL),
    "people.read_phone": (gettext_lazy("Telephone number read"), "phone", Tone.WAITING),
    "people.correct_own": (gettext_lazy("Corrected by the person"), "pencil", Tone.NEUTRAL),
    "people.challenge": (gettext_lazy("The person says something against an entry"), "flag", Tone.WAITING),
    "people.answer_challenge": (gettext_lazy("Answered what the person says"), "message", Tone.GOOD),
    "people.end_phone": (gettext_lazy("Phone ended"), "device-mobile", Tone.NEUTRAL),
    "people.take_copy": (gettext_lazy("The person took a copy"), "download", Tone.NEUTRAL),
    "people.unmask": (gettext_lazy("Numbers read in full"), "eye", Tone.WAITING),
}


def terms_of(person: Person, unmasked: Unmasked | None) -> list[Term]:
    numbers = unmasked or queries.masked_numbers(person)
    home = region_name(person.home_region) if person.home_region else ""
    found = [
        Term(DocumentKind(person.document_kind).label, numbers.document),
        Term(_("Telephone"), numbers.phone),
        Term(_("Home region"), home),
        Term(_("Present lodging"), person.lodging),
        Term(_("How it came in"), Way(person.way).label),
    ]
    return [term for term in found if term.value]


def steps_of(actor: Actor, person: Person) -> list[Step]:
    """Who opened, corrected and read the file, the latest first: the person may ask for it."""
    history = list_history(PERSON, str(person.id), authority_id=actor.authority_id)
    return [_step(entry) for entry in reversed(history) if entry.action in ACTS]


def address_of(person: Person) -> str:
    return reverse("people:detail", args=[person.id])


def _step(entry: AuditEntry) -> Step:
    label, icon, tone = ACTS[entry.action]
    reason = entry.changes.get("reason", "")
    note = str(UnmaskReason(reason).label) if reason in UnmaskReason.values else ""
    return Step(at=entry.at, title=str(label), by=entry.actor_name, note=note, icon=icon, tone=tone)
