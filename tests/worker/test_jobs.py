"""The clocks and reactions themselves, one call at a time."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError

from fugong import jobs
from fugong.areas import queries as areas
from fugong.core import facts
from fugong.core.actor import Actor
from fugong.core.audit import sealing
from fugong.core.audit.models import AuditEntry, AuditPending
from fugong.core.facts.models import Fact, FactReceipt
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.duties.choices import Outcome
from fugong.duties.models import Duty
from fugong.enterprises.facts import ENTERPRISE_LEFT
from fugong.reactions import REACTIONS
from fugong.resumption import operations as resumption
from fugong.resumption.choices import DutyKind
from fugong.worker import Beat
from tests.duties.making import NOON, acting, new_authority, new_user, owe, subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return acting(new_user(new_authority("district"), "ann"), all_areas=True)


@pytest.fixture
def cai():
    return acting(new_user(new_authority("elsewhere"), "cai"), all_areas=True)


def tell(actor: Actor, name: str, payload: dict[str, str]) -> None:
    with operation("tests.tell", actor=actor, now=NOON) as op:
        op.audit(None, {})
        op.fact(name, payload)


def test_clock_when_one_authority_fails_then_the_others_are_done_and_the_job_counts_as_failed(ann, cai):
    done = []

    def act(authority, now):
        if authority == ann.authority_id:
            raise ZeroDivisionError
        done.append(authority)

    with pytest.raises(jobs.SomeFailed, match="district"):
        jobs._for_each_authority(act)
    assert done == [cai.authority_id]


def test_escalate_when_the_clock_ticks_then_in_every_authority(ann, cai):
    for actor in (ann, cai):
        owe(actor, escalate_to="tests.lead")
    jobs.escalate_duties(timestamp=0)
    for actor in (ann, cai):
        with acting_for(actor.authority_id):
            assert Duty.objects.get().escalated_at is not None


def test_files_that_no_row_speaks_of_when_a_night_is_over_then_gone_in_every_authority(
    ann, cai, tmp_path, settings
):
    settings.FUGONG_HOME = tmp_path
    for actor in (ann, cai):
        folder = tmp_path / "files" / str(actor.authority_id)
        folder.mkdir(parents=True)
        for name, hours in (("0" * 64, 2), ("1" * 64, 0)):
            (folder / name).touch()
            written = time.time() - 3600 * hours
            os.utime(folder / name, (written, written))
    jobs.remove_stray_files(timestamp=0)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["1" * 64] * 2


def test_hashes_when_a_night_is_over_then_filled_in_every_authority(ann, cai, monkeypatch):
    asked: list[UUID] = []
    monkeypatch.setattr(jobs, "fill_hashes", asked.append)
    jobs.fill_search_hashes(timestamp=0)
    assert set(asked) == {ann.authority_id, cai.authority_id}


def test_reports_when_the_clock_ticks_again_then_those_are_asked_who_came_since(ann, monkeypatch):
    """What somebody owes for the day already keeps nobody else from being asked."""
    opened = []
    monkeypatch.setattr(
        resumption, "open_report_duties", lambda authority, *, day, now: opened.append(day.isoformat())
    )
    monkeypatch.setattr(jobs, "present", lambda: NOON)
    jobs.open_report_duties(timestamp=0)
    assert opened == ["2022-04-26", "2022-04-27"]
    owe(ann, kind=DutyKind.REPORT, period="2022-04-27")
    jobs.open_report_duties(timestamp=0)
    assert opened[2:] == ["2022-04-26", "2022-04-27"]


def test_reports_when_no_playbook_is_in_force_then_nobody_owes_one(ann):
    jobs.open_report_duties(timestamp=0)
    with acting_for(ann.authority_id):
        assert not Duty.objects.exists()


def test_reaction_when_an_enterprise_left_then_it_owes_nothing_any_more(ann):
    leaving, other = owe(ann), owe(ann, subject=subject(2))
    tell(ann, ENTERPRISE_LEFT, {"enterprise": str(subject().id)})
    later = NOON + timedelta(minutes=1)
    for _time in range(2):
        facts.deliver_due(REACTIONS, authorities=[ann.authority_id], now=later)
    with acting_for(ann.authority_id):
        leaving.refresh_from_db()
        other.refresh_from_db()
        assert (leaving.outcome, leaving.withdrawn_at) == (Outcome.WITHDRAWN, later)
        assert other.outcome is Outcome.OPEN
        assert AuditEntry.objects.filter(action="duties.release").count() == 1
        assert FactReceipt.objects.count() == len(REACTIONS[ENTERPRISE_LEFT])


def test_reactions_when_told_twice_then_the_second_time_changes_nothing(ann):
    owe(ann)
    told = facts.DeliveredFact(
        subject().id, ann.authority_id, ENTERPRISE_LEFT, {"enterprise": str(subject().id)}, NOON
    )
    handler, *_others = REACTIONS[ENTERPRISE_LEFT]
    handler(told, NOON)
    handler(told, NOON)
    with acting_for(ann.authority_id):
        assert AuditEntry.objects.filter(action="duties.release").count() == 1


def test_beat_when_it_beats_then_sealed_and_delivered_in_every_authority(ann, cai):
    for actor in (ann, cai):
        tell(actor, "tests.Something", {})
    Beat().once(NOON + timedelta(minutes=1))
    for actor in (ann, cai):
        with acting_for(actor.authority_id):
            assert not AuditPending.objects.exists()
            assert not Fact.objects.filter(delivered_at=None).exists()


def test_beat_when_one_authority_is_broken_then_the_other_is_served(ann, cai, monkeypatch):
    served = []

    def seal(authority, *, now):
        if authority == ann.authority_id:
            raise ZeroDivisionError
        served.append(authority)

    monkeypatch.setattr(sealing, "seal_all", seal)
    Beat().once(NOON)
    assert served == [cai.authority_id]


def test_beat_when_the_database_is_away_then_said_once_and_again_after_it_came_back(monkeypatch, caplog):
    beat = Beat()
    away = [True]

    def list_authorities():
        if away[0]:
            raise OperationalError("no connection")
        return []

    monkeypatch.setattr(areas, "list_authorities", list_authorities)
    for is_away in (True, True, False, True):
        away[0] = is_away
        beat.once(NOON)
    assert [record.message for record in caplog.records].count(
        "The database is away (no connection); waiting for it."
    ) == 2
