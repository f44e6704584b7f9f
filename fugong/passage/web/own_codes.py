"""What the person's own copy holds of codes and cards."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from fugong.core.clock import to_the_minute
from fugong.passage.models import Card, PhoneCode
from fugong.passage.queries.cards import cards_of_person, phone_codes_of_person
from fugong.passage.web.shown import code_status
from fugong.people.queries import Worker


def copied(worker: Worker, now: datetime) -> list[dict[str, object]]:
    cards = cards_of_person(worker.person_id, actor=worker.actor)
    phones = phone_codes_of_person(worker.person_id, actor=worker.actor)
    return [*(_plain(card, now) for card in cards), *(_plain(code, now) for code in phones)]


def _plain(row: Card | PhoneCode, now: datetime) -> dict[str, object]:
    named = f"{_('Card')} {row.serial}" if isinstance(row, Card) else _("Code of a phone")
    return {
        _p("gate", "Code"): named,
        _p("window", "From"): to_the_minute(row.issued_at),
        _p("window", "Until"): to_the_minute(row.valid_until),
        _("State"): str(code_status(row, now=now).label),
    }
