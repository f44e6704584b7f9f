"""Campaigns made, opened over people, drawn again, closed; every refusal; who owes what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fugong.census import operations, queries
from fugong.census.choices import REACH_DUTY, CampaignState
from fugong.census.models import Campaign, Case
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.duties.models import Duty
from fugong.people import operations as people
from fugong.people.choices import Way
from fugong.people.operations import EmploymentData
from tests.census.making import (
    FINDINGS,
    OUTCOMES,
    called,
    caller,
    data,
    drafted,
    from_hubei,
    keeper,
    opened,
    runner,
)
from tests.people.making import NOW, TODAY, registered

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def duties():
    return {duty.subject_id: duty for duty in Duty.objects.open().filter(kind=REACH_DUTY)}


def test_draft_when_all_is_said_then_kept_and_nobody_listed(at):
    from_hubei(at.firm)
    campaign = drafted(runner(at.authority))
    campaign.refresh_from_db()
    assert (campaign.state, campaign.code, campaign.outcomes, campaign.findings) == (
        "draft",
        "hubei",
        OUTCOMES,
        FINDINGS,
    )
    assert not Case.objects.exists()
    assert AuditEntry.objects.filter(action="census.draft").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"scope": 'home_provinse == "420000"'}, "scope", "did you mean “home_province”?"),
        ({"scope": "home_province"}, "scope", "compare it: fact == value"),
        ({"scope": ""}, "scope", ""),
        ({"code": "No"}, "code", "Small letters"),
        ({"area_code": "nowhere"}, "area_code", "no such area"),
    ],
)
def test_draft_when_something_is_wrong_then_by_field_with_a_remedy(at, changes, field, says):
    with pytest.raises(Invalid) as refused:
        drafted(runner(at.authority), **changes)
    assert set(refused.value.fields) == {field}
    assert says in str(refused.value.fields[field])
    assert not Campaign.objects.exists()


def test_draft_when_the_code_is_taken_then_says_so(at):
    drafted(runner(at.authority))
    with pytest.raises(Invalid) as refused:
        drafted(runner(at.authority))
    assert set(refused.value.fields) == {"code"}


def test_draft_when_the_ground_is_not_ones_own_then_refused(at):
    ann = keeper(at.park)
    with pytest.raises(NotPermitted):
        drafted(ann)
    with pytest.raises(NotPermitted):
        drafted(ann, area_code="park-b")
    assert drafted(ann, area_code=at.park.code).area_id == at.park.id
    with pytest.raises(NotPermitted):
        drafted(caller(at.firm), code="other", area_code=at.park.code)


def test_open_when_people_are_named_then_listed_once_and_owed_by_their_enterprises(at):
    rui = runner(at.authority)
    mine, theirs = from_hubei(at.firm, 2), from_hubei(at.far)
    registered(at.firm, home_region="340402")
    campaign = opened(rui)
    assert set(Case.objects.values_list("person_id", "enterprise_id", "area_id")) == {
        *((person.id, at.firm.id, at.park.id) for person in mine),
        *((person.id, at.far.id, at.far.area_id) for person in theirs),
    }
    assert (campaign.state, campaign.opened_at) == ("open", NOW)
    owed = duties()
    assert set(owed) == {at.firm.id, at.far.id}
    assert owed[at.firm.id].owner_enterprise_id == at.firm.id
    assert owed[at.firm.id].period == "hubei"
    assert owed[at.firm.id].subject_label.endswith("湖北籍员工摸排 · 2")


def test_open_when_limited_to_an_area_then_only_those_who_work_there(at):
    (mine,), _theirs = from_hubei(at.firm), from_hubei(at.far)
    opened(keeper(at.park), area_code=at.park.code)
    assert list(Case.objects.values_list("person_id", flat=True)) == [mine.id]


def test_open_when_it_is_open_already_then_conflict(at):
    rui = runner(at.authority)
    campaign = opened(rui)
    with pytest.raises(Conflict):
        operations.open_campaign(campaign.id, actor=rui, now=LATER)


def test_open_when_its_last_day_is_over_then_says_so(at):
    rui = runner(at.authority)
    campaign = drafted(rui, starts_on=date(2022, 4, 1), ends_on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        operations.open_campaign(campaign.id, actor=rui, now=NOW)
    assert set(refused.value.fields) == {"ends_on"}


def test_count_named_when_asked_before_opening_then_as_many_as_are_listed(at):
    rui = runner(at.authority)
    from_hubei(at.firm, 3)
    assert queries.count_named('home_province == "420000"', None, actor=rui, on=TODAY) == 3
    assert queries.count_named('home_province == "420000"', at.far.area_id, actor=rui, on=TODAY) == 0


def test_draw_again_when_people_joined_and_moved_then_they_are_on_the_list_where_they_work(at):
    rui = runner(at.authority)
    (moving,) = from_hubei(at.firm)
    campaign = opened(rui)
    (joiner,) = from_hubei(at.neighbour)
    job = EmploymentData(enterprise_id=at.far.id, starts_on=TODAY)
    people.employ(moving.id, job, actor=rui, now=NOW, way=Way.FORM)
    drawn = operations.draw_again(campaign.id, actor=rui, now=LATER)
    assert (drawn.added, drawn.moved) == (1, 1)
    assert set(Case.objects.values_list("person_id", "enterprise_id")) == {
        (moving.id, at.far.id),
        (joiner.id, at.neighbour.id),
    }
    assert {at.far.id, at.neighbour.id} <= set(duties())
    again = operations.draw_again(campaign.id, actor=rui, now=LATER)
    assert (again.added, again.moved) == (0, 0)


def test_draw_open_campaigns_when_the_clock_runs_then_joiners_come_on(at):
    opened(runner(at.authority))
    from_hubei(at.firm)
    operations.draw_open_campaigns(at.authority.id, now=LATER)
    assert Case.objects.count() == 1


def test_close_when_work_is_left_then_nobody_owes_it_and_it_can_be_opened_again(at):
    rui = runner(at.authority)
    from_hubei(at.firm)
    campaign = opened(rui)
    operations.close(campaign.id, actor=rui, now=LATER)
    assert not duties()
    with pytest.raises(Conflict):
        operations.draw_again(campaign.id, actor=rui, now=LATER)
    with pytest.raises(Conflict):
        called(Case.objects.get(), caller(at.firm))
    assert operations.reopen(campaign.id, actor=rui, now=LATER).state == CampaignState.OPEN
    assert set(duties()) == {at.firm.id}


def test_edit_when_open_then_words_in_use_stay(at):
    rui = runner(at.authority)
    campaign = opened(rui)
    for changes, field in (
        ({"code": "other"}, "code"),
        ({"findings": FINDINGS[:2], "outcomes": OUTCOMES}, "findings"),
        ({"outcomes": OUTCOMES[:2]}, "outcomes"),
        ({"outcomes": (*OUTCOMES[:2], replace(OUTCOMES[2], closes=True))}, "outcomes"),
    ):
        with pytest.raises(Invalid) as refused:
            operations.edit(campaign.id, data(**changes), seen_at=campaign.changed_at, actor=rui, now=LATER)
        assert field in refused.value.fields
    renamed = operations.edit(
        campaign.id, data(name_en="Hubei"), seen_at=campaign.changed_at, actor=rui, now=LATER
    )
    assert renamed.name == "Hubei"


def test_edit_when_somebody_was_quicker_then_conflict(at):
    rui = runner(at.authority)
    campaign = drafted(rui)
    operations.edit(campaign.id, data(), seen_at=campaign.changed_at, actor=rui, now=LATER)
    with pytest.raises(Conflict):
        operations.edit(campaign.id, data(), seen_at=NOW - timedelta(days=1), actor=rui, now=LATER)


def test_campaign_when_a_caller_asks_then_drafts_do_not_exist(at):
    campaign = drafted(runner(at.authority))
    with pytest.raises(NotFound):
        queries.get_campaign(campaign.id, actor=caller(at.firm))
