"""What the pages of an enterprise and of a person show of gates and codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fugong.core.actor import Actor
from fugong.core.web.sections import Values
from fugong.passage.choices import INVITE, ISSUE, SEE, GateKind
from fugong.passage.permissions import may_at, may_keep_gate
from fugong.passage.queries.cards import cards_of_person, phone_codes_of_person
from fugong.passage.queries.gates import gates_of_enterprise
from fugong.passage.web.shown import code_status


def enterprise_section(actor: Actor, enterprise: Any, now: datetime) -> Values | None:
    if not actor.may(SEE):
        return None
    may_keep = may_keep_gate(actor, GateKind.DOOR, area_id=enterprise.area_id, enterprise_id=enterprise.id)
    return {
        "gates": gates_of_enterprise(actor, enterprise.id),
        "may_open": may_keep and enterprise.left_on is None,
        "may_issue": may_at(actor, ISSUE, area_id=enterprise.area_id, enterprise_id=enterprise.id),
        "may_invite": may_at(actor, INVITE, area_id=enterprise.area_id, enterprise_id=enterprise.id),
    }


def person_section(actor: Actor, person: Any, now: datetime) -> Values | None:
    if not actor.may(SEE):
        return None
    place = person.enterprise
    area_id, enterprise_id = (place.area_id, place.id) if place else (None, None)
    cards = cards_of_person(person.id, actor=actor)
    phones = phone_codes_of_person(person.id, actor=actor)
    return {
        "person": person,
        "cards": [(card, code_status(card, now=now)) for card in cards],
        "phones": [(code, code_status(code, now=now)) for code in phones],
        "may_issue": may_at(actor, ISSUE, area_id=area_id, enterprise_id=enterprise_id),
    }
