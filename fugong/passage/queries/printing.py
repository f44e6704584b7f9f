"""The texts of codes on paper, made anew from what is on record whenever they are asked for.

Ed25519 and the MAC give the same code each time, so that a copy is the same code as the first print.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from fugong.core.signing import SigningKey
from fugong.passage.choices import SubjectKind
from fugong.passage.models import Card, CodeKey, PlaceNumber, ShiftHours, VehiclePass, Visit
from fugong.passage.queries.keys import signing_keys
from fugong.passage.rules.codes import minute_of
from fugong.passage.rules.deciding import Hours
from fugong.passage.rules.keys import secret_of
from fugong.passage.rules.printed import Printed, PrintedCode, mac_of, signed
from fugong.people import queries as people

_SHIFT: Final = ("enterprise_id", "shift", "starts", "ends")


def codes_of_cards(cards: Iterable[Card], *, authority_id: UUID) -> dict[UUID, str]:
    """By the card's id; without those whose key was withdrawn or is not on this machine any more: they need
    another card.

    They say where the person works now, and when. Of the acting authority.
    """
    cards = list(cards)
    numbers = dict(CodeKey.objects.filter(authority_id=authority_id).values_list("id", "number"))
    keys = signing_keys(authority_id)
    works = _works({card.person_id for card in cards}, authority_id=authority_id)
    texts = {}
    for card in cards:
        key = keys.get(numbers[card.key_id])
        if key is None:
            continue
        place, hours = works.get(card.person_id, (0, None))
        printed = Printed(
            SubjectKind.PERSON,
            numbers[card.key_id],
            card.person_id,
            card.serial,
            minute_of(card.issued_at),
            minute_of(card.valid_until),
            place,
            hours,
        )
        texts[card.id] = _text(printed, key)
    return texts


def code_of_visit(visit: Visit) -> str | None:
    """None where no key is on this machine: whoever issues the next code gets one."""
    return _code_of_guest(SubjectKind.VISITOR, visit)


def code_of_pass(vehicle_pass: VehiclePass) -> str | None:
    """As `code_of_visit`."""
    return _code_of_guest(SubjectKind.VEHICLE, vehicle_pass)


def _code_of_guest(kind: SubjectKind, row: Visit | VehiclePass) -> str | None:
    """By the newest key: it will be known for longest."""
    keys = signing_keys(row.authority_id)
    newest = CodeKey.objects.filter(authority_id=row.authority_id, number__in=keys).order_by(
        "-made_at", "-id"
    )
    number = newest.values_list("number", flat=True).first()
    if number is None:
        return None
    place = _places(row.authority_id).get(row.enterprise_id, 0) if row.enterprise_id else 0
    start, end = minute_of(row.starts_at), minute_of(row.ends_at)
    return _text(Printed(kind, number, row.id, row.serial, start, end, place), keys[number])


def _text(printed: Printed, key: SigningKey) -> str:
    mac = mac_of(secret_of(key.private), printed)
    return str(PrintedCode(printed, mac, key.sign(signed(printed))))


def _works(person_ids: set[UUID], *, authority_id: UUID) -> dict[UUID, tuple[int, Hours | None]]:
    """Of each person: the number of the enterprise, and the hours of the shift."""
    places = _places(authority_id)
    rows = ShiftHours.objects.filter(authority_id=authority_id)
    hours = {(place, shift): (starts, ends) for place, shift, starts, ends in rows.values_list(*_SHIFT)}
    return {
        each.id: (places.get(each.enterprise, 0), hours.get((each.enterprise, each.shift)))
        for lot in people.passing(authority_id, ids=person_ids)
        for each in lot
        if each.enterprise is not None
    }


def _places(authority_id: UUID) -> dict[UUID, int]:
    rows = PlaceNumber.objects.filter(authority_id=authority_id)
    return dict(rows.values_list("enterprise_id", "number"))
