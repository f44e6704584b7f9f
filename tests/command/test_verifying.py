"""A bulletin recomputes to the digit whatever comes later, and every change of what it rests on is found."""

import pytest
from django.db import connection

from fugong.accounts import operations as accounts
from fugong.accounts.models import Assignment
from fugong.command import operations, queries
from fugong.command.choices import Finding
from fugong.command.models import Bulletin, BulletinFigure
from fugong.command.queries.seal import digest_of
from fugong.core.actor import system_actor
from fugong.enterprises import operations as enterprises
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import StandingEvent
from fugong.playbooks.queries import get_version
from tests.command.case import BEFORE_MIDNIGHT, DAY, LATER, NOW


def findings(verdict):
    return {each.key: each.finding for each in verdict.figures if each.finding is not Finding.SAME}


def test_a_published_bulletin_verifies(case):
    verdict = queries.verify(case.published)
    assert verdict.is_good
    assert len(verdict.figures) == 16


def test_what_happens_later_changes_nothing(case):
    case.enter(StandingState.RESUMED, at=NOW, now=NOW)
    case.enter(StandingState.SUSPENDED, at=NOW, now=NOW)
    assert queries.verify(case.published).is_good


def test_what_is_entered_late_changes_nothing(case):
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=NOW)
    case.enter(StandingState.SUSPENDED, at=BEFORE_MIDNIGHT, now=NOW)
    assert queries.verify(case.published).is_good


def test_an_enterprise_that_leaves_or_changes_later_changes_nothing(case):
    system = system_actor(case.authority_id, "set-up")
    gone = case.enterprise(StandingState.RESUMED)
    enterprises.leave_park(gone.id, left_on=DAY, actor=system, now=NOW)
    assert queries.verify(case.published).is_good


def test_a_responsibility_that_ends_later_or_was_ended_back_then_changes_nothing(case):
    system = system_actor(case.authority_id, "set-up")
    held = Assignment.objects.filter(kind="instructors").first()
    assert held is not None
    accounts.end_assignment(held, ends_on=DAY, actor=system, now=NOW)
    assert queries.verify(case.published).is_good


def change(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


BULLETIN = {
    "a letter": "text = jsonb_set(text, '{0,body,zh}', '\"改过\"')",
    "the title": 'title = \'{"zh": "改过", "en": "changed"}\'',
    "the number": "number = '2022-009'",
    "the moment": "known_at = known_at + interval '1 microsecond'",
}
FIGURE = {
    "a figure": "figure = jsonb_set(figure, '{value}', '\"92\"')",
    "a label": 'label = \'{"zh": "改过", "en": "changed"}\'',
    "an origin": "origin = 'stated'",
    "a source": "source = '[\"E-99\"]'",
    "its row": "manifest = jsonb_set(manifest, '{count}', '90')",
}
FROZEN = {
    **{what: f"update command_bulletin set {change}" for what, change in BULLETIN.items()},
    **{
        what: f"update command_bulletinfigure set {change} where key = 'resumed'"
        for what, change in FIGURE.items()
    },
    "all of a figure": "delete from command_bulletinfigure where key = 'resumed'",
}


@pytest.mark.parametrize("what", FROZEN)
def test_what_was_frozen_and_was_changed_is_found(tampered, what):
    assert change(FROZEN[what]) == 1
    verdict = queries.verify(Bulletin.objects.get())
    assert verdict.seal is Finding.TAMPERED
    assert not verdict.is_good


def test_a_changed_letter_sealed_anew_is_found_by_the_trail(tampered):
    """Whoever rewrites the digest as well is held to the one that the audit trail tells of."""
    change(FROZEN["a letter"])
    bulletin = Bulletin.objects.get()
    figures = BulletinFigure.objects.filter(bulletin=bulletin).order_by("position")
    playbook = get_version(bulletin.playbook_version_id).playbook
    bulletin.digest = digest_of(bulletin, figures, playbook)
    bulletin.save(update_fields=["digest"])
    assert queries.verify(Bulletin.objects.get()).seal is Finding.TAMPERED


def test_a_record_removed_under_it_is_found_and_named(tampered):
    event = StandingEvent.objects.filter(state=StandingState.RESUMED).earliest("at")
    assert change("delete from enterprises_standingevent where id = %s", event.pk) == 1
    verdict = queries.verify(Bulletin.objects.get())
    assert verdict.seal is Finding.SAME
    assert {"resumed", "resumption_rate"} <= set(findings(verdict))
    assert verdict.wording is Finding.CHANGED


def test_a_record_slipped_in_under_it_is_found(tampered):
    change(
        "insert into enterprises_standingevent (id, authority_id, enterprise_id, state, at, recorded_at)"
        " select gen_random_uuid(), authority_id, enterprise_id, 'resumed', %s, %s"
        "   from enterprises_standing where state = 'not_resumed' limit 1",
        BEFORE_MIDNIGHT,
        BEFORE_MIDNIGHT,
    )
    assert "resumed" in findings(queries.verify(Bulletin.objects.get()))


def test_rows_exchanged_so_that_every_number_stays_are_found(tampered):
    """91 of other enterprises: only the seal of the rows tells."""
    event = StandingEvent.objects.filter(state=StandingState.RESUMED).earliest("at")
    change(
        "insert into enterprises_standingevent (id, authority_id, enterprise_id, state, at, recorded_at)"
        " select gen_random_uuid(), s.authority_id, s.enterprise_id, 'resumed', %s, %s"
        "   from enterprises_standing s join enterprises_enterprise e on e.id = s.enterprise_id"
        "  where s.state = 'not_resumed' and e.size_class = %s limit 1",
        BEFORE_MIDNIGHT,
        BEFORE_MIDNIGHT,
        event.enterprise.size_class,
    )
    change("delete from enterprises_standingevent where id = %s", event.pk)
    verdict = queries.verify(Bulletin.objects.get())
    assert {"resumed", "resumption_rate"} <= set(findings(verdict))
    assert verdict.wording is Finding.SAME


def test_a_draft_verifies_too(case, composer):
    draft = operations.compose_bulletin(DAY, actor=composer, now=NOW)
    assert queries.verify(draft).is_good
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=LATER)
    assert queries.verify(draft).is_good
