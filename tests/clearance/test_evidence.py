"""Evidence comes and goes, and the level follows in the same transaction."""

from __future__ import annotations

import pytest

from fugong.clearance import operations
from fugong.clearance.choices import ASK, Entry
from fugong.clearance.facts import LEVEL_CHANGED
from fugong.clearance.models import Clearance, Evidence
from fugong.core.audit.models import AuditEntry
from fugong.core.decisions.models import DecisionRecord
from fugong.core.facts import deliver_due
from fugong.core.facts.models import Fact
from fugong.people import operations as people
from fugong.people.choices import DocumentKind
from fugong.playbooks.facts import UnknownEvidence
from fugong.playbooks.models import PlaybookVersion
from fugong.reactions import REACTIONS
from tests.clearance.making import (
    DAY,
    HOUR,
    clearance,
    level,
    recorded,
    relieved,
    source,
    told,
    worker,
)
from tests.support.making import NOW


def test_clearance_when_nothing_was_computed_then_asks(here, li):
    found = clearance(li)
    assert (found.level, found.asks, found.is_free) == ("ask", True, False)
    assert found.words is not None
    assert not found.may_work


def test_record_when_fever_then_red_before_the_operation_returns(here, li):
    with told(here) as op:
        operations.record_evidence(li.id, kind="fever", since=NOW, source=source(), op=op)
        assert level(li) == "red"


@pytest.mark.parametrize("kind", ["fever", "health_report"])
def test_record_when_of_a_file_merged_away_then_the_kept_one_follows_at_once(here, li, kind):
    other = worker(here, document_kind=DocumentKind.PASSPORT, document="E12345678")
    keeper = here.person("reviewer_park")
    row = people.merge(li.id, other.id, reason="同一人", actor=keeper, now=NOW)
    recorded(li, "negative_test", here=here)
    before = level(li, now=NOW + HOUR)
    recorded(other, kind, here=here, since=NOW + HOUR)
    assert level(li, now=NOW + HOUR) == ("red" if kind == "fever" else before)
    assert Evidence.objects.get(kind=kind).person_id == other.id
    people.undo_merge(row.id, reason="看错了", actor=keeper, now=NOW + 2 * HOUR)
    operations.recompute_person(li.id, here.authority.id, now=NOW + 2 * HOUR)
    assert level(li, now=NOW + 2 * HOUR) == before


def test_merge_when_the_other_file_has_a_fever_then_the_kept_one_is_red_until_relieved(here, li):
    other = worker(here, document_kind=DocumentKind.PASSPORT, document="E12345678")
    said = recorded(other, "fever", here=here)
    assert level(li) == "ask"
    keeper = here.person("reviewer_park")
    row = people.merge(li.id, other.id, reason="同一人", actor=keeper, now=NOW + HOUR)
    deliver_due(REACTIONS, authorities=[here.authority.id], now=NOW + HOUR)
    assert level(li, now=NOW + HOUR) == "red"
    relieved(said, here=here, at=NOW + 2 * HOUR)
    assert level(li, now=NOW + 2 * HOUR) == "green"
    people.undo_merge(row.id, reason="看错了", actor=keeper, now=NOW + 3 * HOUR)
    deliver_due(REACTIONS, authorities=[here.authority.id], now=NOW + 3 * HOUR)
    assert level(li, now=NOW + 3 * HOUR) == "green"


def test_record_when_the_operation_fails_then_nothing_of_it_stays(here, li):
    def learn_and_break() -> None:
        with told(here) as op:
            operations.record_evidence(li.id, kind="fever", since=NOW, source=source(), op=op)
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        learn_and_break()
    assert level(li) == "ask"
    assert not Evidence.objects.exists()


def test_record_when_relieved_then_green_again_since_then(here, li):
    said = recorded(li, "fever", here=here)
    relieved(said, here=here, at=NOW + 3 * HOUR)
    found = clearance(li, now=NOW + 3 * HOUR)
    assert (found.level, found.since, found.until) == ("green", NOW + 3 * HOUR, None)


def test_record_when_for_some_days_then_reads_ask_once_they_are_over_and_nobody_computes(here, li):
    recorded(li, "close_contact", here=here)
    found = clearance(li, now=NOW + 13 * DAY)
    assert (found.level, found.until) == ("red", NOW + 14 * DAY)
    late = clearance(li, now=NOW + 14 * DAY)
    assert (late.level, late.asks, late.reasons) == ("ask", True, ())


def test_record_when_said_twice_then_one_row_with_the_newer_end(here, li):
    said = recorded(li, "quarantine", here=here, until=NOW + 7 * DAY)
    recorded(li, "quarantine", here=here, now=NOW + HOUR, until=NOW + 9 * DAY, from_=said)
    assert Evidence.objects.get().until == NOW + 9 * DAY
    assert clearance(li, now=NOW + HOUR).until == NOW + 9 * DAY


def test_record_when_said_again_after_relief_then_stays_relieved(here, li):
    said = recorded(li, "fever", here=here)
    relieved(said, here=here, at=NOW + HOUR)
    recorded(li, "fever", here=here, now=NOW + 2 * HOUR, from_=said)
    assert level(li, now=NOW + 2 * HOUR) == "green"


def test_record_when_only_the_newest_counts_then_a_late_entry_changes_nothing(here, li):
    recorded(li, "health_report", here=here, since=NOW)
    recorded(li, "health_report", here=here, since=NOW - DAY, now=NOW + HOUR)
    assert Evidence.objects.get().since == NOW


def test_record_when_level_goes_on_then_since_stays(here, li):
    recorded(li, "fever", here=here)
    recorded(li, "positive_test", here=here, since=NOW + HOUR)
    assert clearance(li, now=NOW + HOUR).since == NOW


def test_record_when_unknown_kind_then_refused(here, li):
    with pytest.raises(UnknownEvidence), told(here) as op:
        operations.record_evidence(li.id, kind="mood", since=NOW, source=source(), op=op)


def test_record_when_by_hand_then_only_the_second_person_can(here, li):
    with pytest.raises(ValueError, match="second person"), told(here) as op:
        operations.record_evidence(li.id, kind="by_hand", since=NOW, source=source(), op=op)


def test_record_when_level_changes_then_decided_audited_and_told(here, li):
    recorded(li, "fever", here=here)
    row = Clearance.objects.get(person=li)
    decision = DecisionRecord.objects.get(subject_id=row.id).decision
    assert decision.outcome == "red"
    assert {reason.rule for reason in decision.unsatisfied} == {"clearance.rule.fever"}
    assert AuditEntry.objects.filter(subject_id=str(row.id)).get().changes["to"] == "red"
    # Of the first level nobody need be told: before it, the person could not pass either.
    assert not Fact.objects.filter(name=LEVEL_CHANGED).exists()
    recorded(li, "symptom", here=here, since=NOW + HOUR)
    assert not Fact.objects.filter(name=LEVEL_CHANGED).exists()


def test_relieve_when_level_falls_then_told(here, li):
    said = recorded(li, "fever", here=here)
    relieved(said, here=here, at=NOW + HOUR)
    told_of = Fact.objects.get(name=LEVEL_CHANGED).payload
    assert (told_of["before"], told_of["level"], told_of["person"]) == ("red", "green", str(li.id))


def test_relieve_when_one_source_of_several_then_all_of_them(here, li):
    other = worker(here)
    tube = source()
    for person in (li, other):
        recorded(person, "positive_test", here=here, from_=tube)
    relieved(tube, here=here, at=NOW + HOUR)
    assert {level(person, now=NOW + HOUR) for person in (li, other)} == {"green"}


def test_record_of_many_when_thirty_then_in_few_statements(here, django_assert_max_num_queries):
    people = [worker(here) for _each in range(30)]
    with told(here) as op, django_assert_max_num_queries(16):
        entries = [Entry(person.id, NOW, source()) for person in people]
        operations.record_evidence_of_many(entries, kind="health_report", op=op)


def test_level_when_no_playbook_knows_any_then_asks(here, li):
    PlaybookVersion.objects.update(ends_on=NOW.date())
    recorded(li, "fever", here=here)
    found = clearance(li)
    assert (found.level, found.asks, found.words) == (ASK, True, None)
