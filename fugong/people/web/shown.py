"""A file as its page shows it: masked, with its history in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.queries import list_history
from fugong.core.regions import region_name
from fugong.core.web.parts import Step, Term, Tone
from fugong.people import queries
from fugong.people.choices import PERSON, DocumentKind, StaffOutcome, UnmaskReason, Way
from fugong.people.models import Person
from fugong.people.operations import Unmasked
from fugong.people.queries import Mention

ACTS = {
    "people.register": (gettext_lazy("File opened"), "user-plus", Tone.GOOD),
    "people.correct": (gettext_lazy("File corrected"), "pencil", Tone.NEUTRAL),
    "people.read_phone": (gettext_lazy("Telephone number read"), "phone", Tone.WAITING),
    "people.correct_own": (gettext_lazy("Corrected by the person"), "pencil", Tone.NEUTRAL),
    "people.challenge": (gettext_lazy("The person says something against an entry"), "flag", Tone.WAITING),
    "people.answer_challenge": (gettext_lazy("Answered what the person says"), "message", Tone.GOOD),
    "people.end_phone": (gettext_lazy("Phone ended"), "device-mobile", Tone.NEUTRAL),
    "people.take_copy": (gettext_lazy("The person took a copy"), "download", Tone.NEUTRAL),
    "exports.unmask": (gettext_lazy("Numbers taken out in full"), "file-export", Tone.WAITING),
    "people.merge": (gettext_lazy("Files merged"), "git-branch", Tone.WAITING),
    "people.undo_merge": (gettext_lazy("Merge undone"), "arrow-back-up", Tone.WAITING),
    "passage.look": (gettext_lazy("Passages looked at"), "eye", Tone.WAITING),
    "people.unmask": (gettext_lazy("Numbers read in full"), "eye", Tone.WAITING),
}
MENTIONED = {
    StaffOutcome.NEW: (gettext_lazy("File opened from a list"), "user-plus", Tone.GOOD),
    StaffOutcome.MOVED: (gettext_lazy("Taken on from a list"), "user-plus", Tone.GOOD),
    StaffOutcome.CHANGED: (gettext_lazy("File corrected from a list"), "pencil", Tone.NEUTRAL),
    StaffOutcome.QUESTION: (gettext_lazy("Name corrected from a list"), "pencil", Tone.NEUTRAL),
}

OF_BOTH = frozenset({"people.merge", "people.undo_merge"})
"""Told of each of the two files; a page that shows both tells it once."""


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
    files = queries.ids_of(actor.authority_id, person.id)
    found = [
        entry
        for file in files
        for entry in list_history(PERSON, str(file), authority_id=actor.authority_id)
        if entry.action in ACTS and not (file != person.id and entry.action in OF_BOTH)
    ]
    steps = [_step(entry) for entry in sorted(found, key=lambda entry: (entry.at, entry.id))]
    steps += [_mentioned(mention) for mention in queries.list_mentions(person)]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def address_of(person: Person) -> str:
    return reverse("people:detail", args=[person.id])


def _mentioned(mention: Mention) -> Step:
    label, icon, tone = MENTIONED[mention.outcome]
    return Step(at=mention.at, title=str(label), by=mention.by, note=mention.file_name, icon=icon, tone=tone)


def _step(entry: AuditEntry) -> Step:
    label, icon, tone = ACTS[entry.action]
    reason = entry.changes.get("reason", "")
    note = str(UnmaskReason(reason).label) if reason in UnmaskReason.values else entry.note
    return Step(at=entry.at, title=str(label), by=entry.actor_name, note=note, icon=icon, tone=tone)
