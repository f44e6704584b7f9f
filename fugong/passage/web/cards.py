"""Cards: issued, printed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.areas import queries as areas
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.core.exporting import record_export
from fugong.core.papers import Slip, slips_of
from fugong.core.refusals import Conflict, NotPermitted
from fugong.core.web.pages import AskingRequest, action
from fugong.core.web.refusing import or_errors
from fugong.enterprises import queries as enterprises
from fugong.passage import permissions
from fugong.passage.models import Card
from fugong.passage.operations.cards import MOST_AT_ONCE, issue_card, issue_cards, revoke_card
from fugong.passage.permissions import may_at
from fugong.passage.queries.cards import get_card, good_cards_of
from fugong.passage.queries.printing import codes_of_cards
from fugong.passage.rules.masking import masked_name
from fugong.passage.web.files import pdf_file
from fugong.passage.web.forms import CardForm
from fugong.people import queries as people

PARTS = frozenset(map(str, range(1, 100)))


@action(permissions.ISSUE)
def issue(request: AskingRequest, person_id: UUID) -> HttpResponse:
    person = people.get_person(request.actor, person_id)
    _check(request, person.enterprise)
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            days = form.cleaned_data["days"]
            card = issue_card(person_id, days=days, actor=request.actor, now=present())
            said = _("Card %(serial)s is issued. Print it; the ones before it open nothing any more.")
            messages.success(request, said % {"serial": card.serial})
            return redirect("people:detail", person.id)
    values = {"form": form, "person": person}
    return render(request, "passage/card_issue.html", values, status=422 if form.errors else 200)


@action(permissions.ISSUE, methods=("POST",))
def pdf(request: AskingRequest, card_id: UUID) -> HttpResponse:
    card = get_card(request.actor, card_id)
    place = people.get_person(request.actor, card.person_id).enterprise
    _check(request, place)
    return _printed(request, [card], place, now=present())


@action(permissions.ISSUE, methods=("POST",))
def revoke(request: AskingRequest, card_id: UUID) -> HttpResponse:
    card = revoke_card(card_id, actor=request.actor, now=present())
    messages.success(request, _("Card %(serial)s opens nothing any more.") % {"serial": card.serial})
    return redirect("people:detail", people.in_use(request.actor, card.person_id))


@action(permissions.ISSUE)
def of_enterprise(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """How many have one; on POST those who have none get theirs."""
    place, now = enterprises.get_enterprise(request.actor, enterprise_id), present()
    _check(request, place)
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with or_errors(form):
            days = form.cleaned_data["days"]
            issued = issue_cards(enterprise_id, days=days, actor=request.actor, now=now)
            _say_issued(request, len(issued.cards), issued.left)
            return redirect("passage:cards_of", enterprise_id)
    staff = len(people.staff_of(enterprise_id, actor=request.actor))
    cards = good_cards_of(enterprise_id, actor=request.actor, now=now)
    values = {
        "form": form,
        "place": place,
        "cards": len(cards),
        "without": staff - len({card.person_id for card in cards}),
        "files": range(1, -(-len(cards) // MOST_AT_ONCE) + 1),
    }
    return render(request, "passage/cards.html", values, status=422 if form.errors else 200)


@action(permissions.ISSUE, methods=("POST",))
def pdf_of_enterprise(request: AskingRequest, enterprise_id: UUID) -> HttpResponse:
    """The good cards of everybody there, `MOST_AT_ONCE` in a file, `part` from 1 on."""
    place, now = enterprises.get_enterprise(request.actor, enterprise_id), present()
    _check(request, place)
    part = request.POST.get("part", "")
    first = (int(part) - 1) * MOST_AT_ONCE if part in PARTS else 0
    cards = good_cards_of(enterprise_id, actor=request.actor, now=now)[first : first + MOST_AT_ONCE]
    return _printed(request, cards, place, now=now)


def _printed(request: AskingRequest, cards: Sequence[Card], place: Any, *, now: datetime) -> HttpResponse:
    """Raises Conflict where there is nothing to print."""
    actor = request.actor
    texts = codes_of_cards(cards, authority_id=actor.authority_id)
    authority = areas.get_authority_name(actor.authority_id, language=get_language() or "")
    slips = [_slip(card, texts[card.id], authority, place) for card in cards if card.id in texts]
    if not slips:
        raise Conflict(_("There is no card to print: issue it anew."), code="no_card")
    asked = {"table": "cards", "format": "pdf", "rows": len(slips), "of": place.name if place else ""}
    # Nothing is on record of a file that could not be made.
    with transaction.atomic():
        needs = (permissions.ISSUE,)
        mark = record_export(asked, reason=_("Print cards"), actor=actor, now=now, needs=needs)
        return pdf_file(slips_of(slips, title=_("Cards"), mark=mark, made_at=now), "cards.pdf")


def _slip(card: Card, text: str, authority: str, place: Any) -> Slip:
    """No photo and no whole name: whoever finds it learns little."""
    lines = [(_("Enterprise"), place.name)] if place else []
    lines.append((_("Good before"), local_date(card.valid_until).isoformat()))
    return Slip(
        title=f"{authority} · {_('Card')}",
        large=masked_name(card.person.name),
        lines=lines,
        note=_(
            "Lost: tell whoever gave it to you at once, it is then taken back. Found: give it to a guard. "
            "It holds no level: that is asked for at the gate."
        ),
        code=text,
        under=f"{_p('card', 'No.')} {card.serial}",
    )


def _say_issued(request: AskingRequest, number: int, left: int) -> None:
    said = ngettext("%(number)s card is issued.", "%(number)s cards are issued.", number)
    messages.success(request, said % {"number": number})
    if left:
        messages.warning(request, _("%(left)s people still have none: issue again.") % {"left": left})


def _check(request: AskingRequest, place: Any) -> None:
    area_id, enterprise_id = (place.area_id, place.id) if place else (None, None)
    if not may_at(request.actor, permissions.ISSUE, area_id=area_id, enterprise_id=enterprise_id):
        raise NotPermitted()
