"""People who have no file yet: an enterprise gives names and numbers, and a call opens the file."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.census.choices import CampaignState, CaseState
from fugong.census.models import Campaign, Case
from fugong.census.operations.calling import locked
from fugong.census.operations.owing import owe_what_is_left
from fugong.census.permissions import check_may_call, may_add_names
from fugong.census.queries.campaigns import get_campaign
from fugong.census.rules.names import Entry, read_names
from fugong.core.actor import Actor
from fugong.core.operation import Operation, operation
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.enterprises import queries as enterprises
from fugong.people import operations as people
from fugong.people.choices import Way
from fugong.people.operations import EmploymentData, PersonData


class Place(Protocol):
    """An enterprise, as far as a case asks about it."""

    @property
    def id(self) -> UUID: ...

    @property
    def area_id(self) -> UUID: ...


def add_names(
    campaign_id: UUID, enterprise_id: UUID, text: str, *, actor: Actor, now: datetime
) -> tuple[int, int]:
    """Puts people without a file on the list, one a line. Returns how many are new, and known.

    Raises NotFound, NotPermitted, Conflict unless the campaign is open, Invalid with every line at fault:
    then nothing is kept.
    """
    with operation("census.add_names", actor=actor, now=now) as op:
        campaign = get_campaign(campaign_id, actor=actor)
        enterprise = enterprises.get_enterprise(actor, enterprise_id)
        if not may_add_names(actor, enterprise.id, enterprise.area_id):
            raise NotPermitted()
        if campaign.state != CampaignState.OPEN:
            raise Conflict(_("This campaign is not open."), code="campaign_not_open")
        entries = _read(text)
        rows = [_case(campaign, enterprise, entry, op) for entry in entries]
        before = Case.objects.filter(authority_id=actor.authority_id, campaign=campaign).count()
        Case.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        added = Case.objects.filter(authority_id=actor.authority_id, campaign=campaign).count() - before
        owe_what_is_left(campaign, op=op)
        op.audit(campaign, {"enterprise": str(enterprise.id), "added": added})
        return added, len(rows) - added


def open_file(
    case_id: UUID, data: PersonData, employment: EmploymentData, *, actor: Actor, now: datetime
) -> Case:
    """What the person said on the telephone becomes a file, or is found to have one.

    Locks the case. Raises what `people.register` raises, NotPermitted, Conflict for a case that has a file,
    or a person who is on this list already.
    """
    with operation("census.open_file", actor=actor, now=now) as op:
        case = locked(case_id, actor=actor)
        check_may_call(actor, case)
        if case.person_id is not None:
            raise Conflict(_("This person has a file already."), code="has_a_file")
        person = people.register(data, employment, way=Way.CALL, actor=actor, now=now)
        case.person_id, case.name, case.phone = person.id, "", ""
        try:
            with transaction.atomic():
                case.save(update_fields=["person", "name", "phone", "phone_hash"])
        except IntegrityError:
            raise Conflict(_("This person is on the list already."), code="listed_already") from None
        op.audit(case, {"person": str(person.id)})
        return case


def _read(text: str) -> list[Entry]:
    entries, faults = read_names(text)
    if faults:
        told = [
            _("Line %(line)s: %(sentence)s") % {"line": fault.line, "sentence": fault.sentence}
            if fault.line
            else str(fault.sentence)
            for fault in faults[:20]
        ]
        sentence = "\n".join(told)
        raise Invalid(sentence, code="bad_names", fields={"names": sentence})
    if not entries:
        empty = _("Write one person a line.")
        raise Invalid(empty, code="no_names", fields={"names": empty})
    return entries


def _case(campaign: Campaign, place: Place, entry: Entry, op: Operation) -> Case:
    return Case(
        authority_id=campaign.authority_id,
        campaign=campaign,
        name=entry.name,
        phone=entry.phone,
        enterprise_id=place.id,
        area_id=place.area_id,
        state=CaseState.OPEN,
        drawn_at=op.now,
        recorded_at=op.now,
    )
