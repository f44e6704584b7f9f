"""Who owes the calls: each enterprise one duty a campaign, until none of its people is left to reach."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count

from fugong.census.choices import ENTERPRISE, REACH_DUTY, CaseState
from fugong.census.models import Campaign, Case
from fugong.core.clock import end_of
from fugong.core.operation import Operation
from fugong.duties import operations as duties
from fugong.duties.choices import DutyOwner, DutySubject, owed_by_enterprise


def owe_what_is_left(campaign: Campaign, *, op: Operation) -> None:
    """Every enterprise with somebody to reach owes it by the campaign's last day. Owed already: unchanged.

    One statement for the enterprises, and few for their duties. One with nobody left owes nothing more.
    """
    left = _left(campaign)
    owed = [_owed(campaign, row) for row in left]
    duties.owe_each(owed, kind=REACH_DUTY, due_at=end_of(campaign.ends_on), period=campaign.code, op=op)


def settle_if_done(case: Case, *, op: Operation) -> None:
    """After a case was closed: the enterprise's duty is done when it was the last one."""
    if case.enterprise_id is None:
        return
    rows = Case.objects.filter(authority_id=case.authority_id, campaign_id=case.campaign_id)
    if not rows.filter(enterprise_id=case.enterprise_id, state=CaseState.OPEN).exists():
        duties.settle(
            kind=REACH_DUTY,
            subject_id=case.enterprise_id,
            at=op.now,
            op=op,
            period=case.campaign.code,
        )


def owe_again(case: Case, *, op: Operation) -> None:
    """After a case was opened again."""
    place = case.enterprise
    if place is None:
        return
    owed = _owed(case.campaign, (place.id, place.name, place.area_id, 1))
    due_at = end_of(case.campaign.ends_on)
    duties.owe_each([owed], kind=REACH_DUTY, due_at=due_at, period=case.campaign.code, op=op)


def release_all(campaign: Campaign, *, op: Operation) -> None:
    """The campaign is closed: what is left is owed no more."""
    for enterprise_id, *_rest in _left(campaign):
        duties.withdraw(kind=REACH_DUTY, subject_id=enterprise_id, at=op.now, op=op, period=campaign.code)


Row = tuple[UUID, str, UUID, int]


def _left(campaign: Campaign) -> list[Row]:
    rows = Case.objects.filter(
        authority_id=campaign.authority_id,
        campaign=campaign,
        state=CaseState.OPEN,
        enterprise__isnull=False,
    )
    counted = rows.order_by().values_list("enterprise_id", "enterprise__name", "enterprise__area_id")
    return list(counted.annotate(number=Count("id")))


def _owed(campaign: Campaign, row: Row) -> tuple[DutySubject, DutyOwner]:
    enterprise_id, name, area_id, number = row
    label = f"{name} · {campaign.name_zh} · {number}"
    owner = owed_by_enterprise(enterprise_id, area_id=area_id)
    return DutySubject(ENTERPRISE, enterprise_id, label, f"/census/{campaign.id}/"), owner
