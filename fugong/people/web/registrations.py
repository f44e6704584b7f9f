"""The registrations that wait: what was given, what to look at, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import pgettext_lazy as _p

from fugong.core.actor import Actor
from fugong.core.clock import now as present
from fugong.core.punctuation import labelled, listed
from fugong.core.refusals import Invalid
from fugong.core.regions import region_name
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.parts import Status, Tone
from fugong.people import operations, permissions, queries
from fugong.people.choices import DocumentKind, Refusal
from fugong.people.queries.registrations import Waiting
from fugong.people.rules.documents import masked, masked_phone
from fugong.people.rules.self_registering import Look, may_be_confirmed_together
from fugong.people.web.shown import address_of

AT_ONCE: Final = 50
LOOKS: Final[Mapping[Look, Status]] = {
    Look.OTHER_NAME: Status(gettext_lazy("The file with this number has another name"), Tone.BAD),
    Look.HAS_PHONE: Status(
        gettext_lazy("Another phone is registered; this one takes its place"), Tone.WARNING
    ),
    Look.TWICE: Status(gettext_lazy("The same number waits more than once"), Tone.WARNING),
    Look.ELSEWHERE: Status(
        gettext_lazy("Still employed at another enterprise: the park must move the file"), Tone.WARNING
    ),
    Look.CHANGED: Status(gettext_lazy("Has a file here; confirming changes it"), Tone.WAITING),
    Look.KNOWN: Status(gettext_lazy("Has a file here that says the same"), Tone.GOOD),
    Look.NEW: Status(gettext_lazy("A file is opened"), Tone.NEUTRAL),
}
FIELDS: Final[Mapping[str, str | Promise]] = {
    "name": _p("person", "Name"),
    "document_kind": gettext_lazy("Document"),
    "document": gettext_lazy("Number of the document"),
    "phone": gettext_lazy("Telephone"),
    "home_region": gettext_lazy("Home region"),
    "lodging": gettext_lazy("Present lodging"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One registration, ready for the page: numbers masked."""

    id: UUID
    name: str
    document: str
    phone: str
    home: str
    work: str
    enterprise: str
    given_at: object
    looks: tuple[Status, ...]
    changed: str
    file_url: str
    is_plain: bool


@action(permissions.REGISTER)
def registrations(request: AskingRequest) -> HttpResponse:
    if request.method == "POST":
        _decide(request)
        return redirect(request.get_full_path())
    rows = queries.list_waiting(request.actor)
    asked = _id(request.GET.get("enterprise", ""))
    rows = rows.filter(enterprise_id=asked) if asked else rows
    number = rows.count()
    values = {
        "lines": [_line(each) for each in queries.looks_at(request.actor, rows[:AT_ONCE])],
        "number": number,
        "more": max(number - AT_ONCE, 0),
        "reasons": Refusal.choices,
        "enterprise_id": asked or _own_enterprise(request.actor),
    }
    return render(request, "people/registrations.html", values)


def _own_enterprise(actor: Actor) -> UUID | None:
    """Of somebody who speaks for one alone: the page need not name it, and its poster is near."""
    return next(iter(actor.enterprises)) if len(actor.enterprises) == 1 else None


def _decide(request: AskingRequest) -> None:
    """One by its own button, or all that were ticked."""
    alone = _id(request.POST.get("confirm_one", ""))
    ids = [alone] if alone else [found for text in request.POST.getlist("chosen") if (found := _id(text))]
    if not ids:
        raise Invalid(_("Tick at least one registration."), code="none_chosen")
    if "refuse" in request.POST:
        return _refuse(request, ids)
    names = dict(_names(request, ids))
    done = operations.confirm_each(ids, actor=request.actor, now=present())
    for registration_id, refusal in done.refusals.items():
        messages.warning(request, labelled(names.get(registration_id, ""), str(refusal)))
    if done.number:
        messages.success(request, _confirmed(done.number))


def _refuse(request: AskingRequest, ids: list[UUID]) -> None:
    for registration_id in ids:
        reason = request.POST.get("reason", "")
        operations.refuse(registration_id, reason=reason, actor=request.actor, now=present())
    messages.success(request, _("Refused; what was given is removed."))


def _confirmed(number: int) -> str:
    return ngettext(
        "%(number)s registration is confirmed.", "%(number)s registrations are confirmed.", number
    ) % {"number": number}


def _names(request: AskingRequest, ids: list[UUID]) -> Iterator[tuple[UUID, str]]:
    for row in queries.list_waiting(request.actor).filter(id__in=ids):
        yield row.id, queries.said_in(row).person.name


def _line(waiting: Waiting) -> Line:
    said, row = waiting.said, waiting.row
    person = said.person
    kind = DocumentKind(person.document_kind).label
    return Line(
        id=row.id,
        name=person.name,
        document=f"{kind} {masked(person.document)}",
        phone=masked_phone(person.phone),
        home=region_name(person.home_region) if person.home_region else "",
        work=" \u00b7 ".join(part for part in (said.post, said.shift, said.crew) if part),
        enterprise=row.enterprise.name,
        given_at=row.given_at,
        looks=tuple(LOOKS[look] for look in waiting.looks),
        changed=listed([str(FIELDS[name]) for name in waiting.changed]),
        file_url=address_of(waiting.known) if waiting.known else "",
        is_plain=may_be_confirmed_together(waiting.looks),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
