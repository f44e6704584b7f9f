"""Levels, evidence, levels by hand and appeals, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache
from uuid import UUID

from fugong.clearance.choices import STANDING_DECISION, HandState
from fugong.clearance.models import Appeal, Clearance, Evidence, HandLevel
from fugong.clearance.models.appeals import AppealQuerySet
from fugong.clearance.models.by_hand import HandLevelQuerySet
from fugong.clearance.models.clearances import ClearanceQuerySet
from fugong.clearance.queries.clearances import Clearance as ClearanceNow
from fugong.clearance.queries.clearances import read
from fugong.clearance.queries.law import table_of
from fugong.core.actor import Actor
from fugong.core.decisions.models import DecisionRecord
from fugong.core.decisions.recording import list_decisions
from fugong.core.refusals import NotFound

SHOWN_WITH = ("person__enterprise",)


def list_clearances(actor: Actor) -> ClearanceQuerySet:
    """Of the people the actor may see, unordered."""
    return Clearance.objects.visible_to(actor).select_related(*SHOWN_WITH)


def reader(now: datetime) -> Callable[[Clearance], ClearanceNow]:
    """Reads rows one after the other; each playbook version among them is looked up once."""
    known = cache(table_of)
    return lambda row: read(row, known(row.playbook_version_id), now=now)


def list_evidence(person_id: UUID) -> list[Evidence]:
    """All that was ever put on record, the latest first. The caller answers for who may see the person."""
    return list(Evidence.objects.filter(person_id=person_id).order_by("-since", "-id"))


def list_levels(person_id: UUID) -> list[DecisionRecord]:
    """Each level the person has stood at, the latest first; none where nothing was computed yet. The caller
    answers for who may see the person.
    """
    row = Clearance.objects.filter(person_id=person_id).first()
    return list_decisions(row, kind=STANDING_DECISION)[::-1] if row else []


def list_hands(actor: Actor) -> HandLevelQuerySet:
    return HandLevel.objects.visible_to(actor).select_related(*SHOWN_WITH)


def get_hand(actor: Actor, hand_id: UUID) -> HandLevel:
    row = list_hands(actor).filter(id=hand_id).first()
    if row is None:
        raise NotFound()
    return row


def get_hand_of(person_id: UUID, hand_id: UUID) -> HandLevel:
    """For the person itself: one that held, with its file. What was only proposed never touched it."""
    rows = HandLevel.objects.filter(person_id=person_id, id=hand_id).select_related("file")
    row = rows.filter(state__in=[HandState.CONFIRMED, HandState.ENDED]).first()
    if row is None:
        raise NotFound()
    return row


def list_hands_of(person_id: UUID) -> list[HandLevel]:
    """The caller answers for who may see the person."""
    return list(HandLevel.objects.filter(person_id=person_id).order_by("-proposed_at"))


def list_appeals(actor: Actor) -> AppealQuerySet:
    return Appeal.objects.visible_to(actor).select_related(*SHOWN_WITH)


def get_appeal(actor: Actor, appeal_id: UUID) -> Appeal:
    row = list_appeals(actor).filter(id=appeal_id).first()
    if row is None:
        raise NotFound()
    return row


def list_appeals_of(person_id: UUID) -> list[Appeal]:
    """The caller answers for who may see the person; the person itself may."""
    return list(Appeal.objects.filter(person_id=person_id).order_by("-made_at"))


def sources_on_record(source_ids: Collection[UUID], *, kind: str) -> set[UUID]:
    """Which of these rows stand behind a piece of evidence of this kind already, relieved or not."""
    rows = Evidence.objects.filter(source_id__in=source_ids, kind=kind, is_latest=False)
    return set(rows.values_list("source_id", flat=True))
