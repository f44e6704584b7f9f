"""Time and other playbooks change levels: the clock brings the rows up to date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fugong.clearance import operations
from fugong.clearance.choices import STANDING_DECISION
from fugong.clearance.models import Clearance
from fugong.clearance.operations import storing
from fugong.clearance.queries import law_in_force
from fugong.core.clock import LOCAL
from fugong.core.decisions.models import DecisionRecord
from fugong.core.ids import new_id
from fugong.playbooks import operations as playbooks
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.playbook import Playbook
from fugong.resumption.facts import APPLICANT
from tests.clearance.making import DAY, HOUR, clearance, level, recorded, worker
from tests.support.making import NOW, datong

SECOND = timedelta(seconds=1)
REQUIRED = """
[clearance.requires.report]
name = { zh = "每日健康报告", en = "A health report" }
evidence = "health_report"
within_hours = 24
to_do = { zh = "报告健康", en = "Report your health" }

[clearance.reasons.contact_told]"""


def changed(*pairs: tuple[str, str], version: str = "2") -> Playbook:
    text = datong().text
    for old, new in (('version = "1"', f'version = "{version}"'), *pairs):
        assert old in text
        text = text.replace(old, new, 1)
    if any("requires.report" in new for _old, new in pairs):
        # Who has reported nothing is not free any more.
        text = text.replace('expect = { level = "green" }', 'expect = { level = "ask" }')
    return load_playbook(text, name="datong-2.toml", facts=APPLICANT)


def asking_for_reports() -> Playbook:
    return changed(("\n[clearance.reasons.contact_told]", REQUIRED))


def test_refresh_when_nothing_was_computed_then_everybody_has_a_row(here, li):
    worker(here)
    assert operations.refresh_clearances(here.authority.id, now=NOW) == 2
    assert set(Clearance.objects.values_list("level", flat=True)) == {"green"}
    assert operations.refresh_clearances(here.authority.id, now=NOW + HOUR) == 0


def test_refresh_when_a_rule_has_run_out_then_green_since_its_end(here, li):
    recorded(li, "close_contact", here=here)
    later = NOW + 14 * DAY + HOUR
    operations.refresh_clearances(here.authority.id, now=later)
    found = clearance(li, now=later)
    assert (found.level, found.since) == ("green", NOW + 14 * DAY)


def test_refresh_when_evidence_was_planned_then_begins_on_its_day(here, li):
    recorded(li, "quarantine", here=here, since=NOW + DAY, now=NOW)
    assert clearance(li).until == NOW + DAY
    assert level(li, now=NOW + DAY) == "ask"
    operations.refresh_clearances(here.authority.id, now=NOW + DAY)
    assert level(li, now=NOW + DAY) == "red"


def test_refresh_when_another_playbook_is_in_force_then_by_its_rules(here, li):
    operations.refresh_clearances(here.authority.id, now=NOW)
    playbooks.activate(
        asking_for_reports(), actor=here.person("commander"), now=NOW, from_day=date(2022, 4, 27)
    )
    operations.refresh_clearances(here.authority.id, now=NOW + HOUR)
    found = clearance(li, now=NOW + HOUR)
    assert (found.level, found.asks) == ("ask", True)
    assert [why.key for why in found.reasons if not why.met] == ["report"]


def test_refresh_when_a_stricter_playbook_is_to_come_then_the_level_ends_with_it(here, li):
    playbooks.activate(
        asking_for_reports(), actor=here.person("commander"), now=NOW, from_day=date(2022, 4, 30)
    )
    operations.refresh_clearances(here.authority.id, now=NOW)
    found = clearance(li)
    assert found.level == "green"
    assert found.until is not None
    assert found.until.astimezone(LOCAL).isoformat() == "2022-04-30T00:00:00+08:00"


def test_refresh_when_the_playbook_to_come_says_the_same_then_nobody_is_asked_at_midnight(here, li):
    same = changed(("三天，期满自动解除", "三天，期满自动解除，"))
    playbooks.activate(same, actor=here.person("commander"), now=NOW, from_day=date(2022, 4, 30))
    operations.refresh_clearances(here.authority.id, now=NOW)
    assert clearance(li).until is None
    later = NOW + 5 * DAY
    assert operations.refresh_clearances(here.authority.id, now=later) == 1
    row = Clearance.objects.get(person=li)
    assert (row.level, row.playbook_version_id) == ("green", law_in_force(later).versions[0].version_id)


def test_recompute_person_when_home_is_corrected_then_conditions_are_asked_anew(here):
    ruled = changed(
        (
            'evidence = "origin"\nlevel = "yellow"\ndays = 14\n',
            'evidence = "origin"\nlevel = "yellow"\ndays = 14\nwhen = \'home_province == "420000"\'\n',
        )
    )
    playbooks.activate(ruled, actor=here.person("commander"), now=NOW, from_day=date(2022, 4, 27))
    person = worker(here)
    recorded(person, "origin", here=here)
    assert level(person) == "green"
    person.home_region = "420100"
    person.save()
    operations.recompute_person(person.id, here.authority.id, now=NOW + HOUR)
    assert level(person, now=NOW + HOUR) == "yellow"


def test_recompute_when_begun_before_a_fever_and_come_after_it_then_still_red(here, li):
    """Two at once: the one that began earlier gets to the row later, with an hour before the fever's."""
    fever = NOW + SECOND
    recorded(li, "fever", here=here, since=fever, now=fever)
    operations.recompute_person(li.id, here.authority.id, now=NOW)
    assert level(li, now=fever + SECOND) == "red"
    assert Clearance.objects.get(person=li).until is None


def test_recompute_when_the_row_is_from_far_ahead_then_by_the_present_clock(here, li):
    """A clock that was wrong for a moment holds nobody."""
    recorded(li, "close_contact", here=here, since=NOW, now=NOW)
    Clearance.objects.filter(person=li).update(computed_at=NOW + 30 * DAY)
    operations.recompute_person(li.id, here.authority.id, now=NOW + HOUR)
    assert level(li, now=NOW + HOUR) == "red"


@pytest.mark.parametrize("number", [10, 40])
def test_refresh_when_many_then_no_statement_for_each(here, django_assert_max_num_queries, number):
    for _each in range(number):
        worker(here)
    with django_assert_max_num_queries(40):
        operations.refresh_clearances(here.authority.id, now=NOW)


def test_add_when_somebody_else_added_the_row_then_theirs_stands(here, li, django_assert_num_queries):
    operations.refresh_clearances(here.authority.id, now=NOW)
    row = Clearance.objects.get(person=li)
    other = Clearance(**{field.attname: getattr(row, field.attname) for field in Clearance._meta.fields})
    other.id, other.level = new_id(), "red"
    with django_assert_num_queries(1):
        assert storing.add([other]) == set()
    assert Clearance.objects.get(person=li).level == "green"


def test_refresh_when_nothing_is_to_be_done_then_four_statements(here, django_assert_num_queries):
    worker(here)
    operations.refresh_clearances(here.authority.id, now=NOW)
    with django_assert_num_queries(4):
        operations.refresh_clearances(here.authority.id, now=NOW)


def test_refresh_when_two_have_the_same_on_record_then_each_has_its_own_decision(here, li):
    other = worker(here)
    operations.refresh_clearances(here.authority.id, now=NOW)
    taken = DecisionRecord.objects.filter(kind=STANDING_DECISION)
    rows = Clearance.objects.in_bulk(field_name="id")
    assert {rows[each.subject_id].person_id for each in taken} == {li.id, other.id}
    assert {each.outcome for each in taken} == {"green"}
    assert all(each.decision.reasons and each.recorded_at for each in taken)
