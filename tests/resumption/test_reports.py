"""Daily production reports: taken in, corrected, owed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.refusals import Invalid, NotPermitted
from fugong.duties.choices import Excuse
from fugong.duties.models import Duty, DutyQuerySet
from fugong.resumption import facts
from fugong.resumption import operations as ops
from fugong.resumption.choices import DutyKind, Implausible, SuspensionReason
from fugong.resumption.models import ProductionReport, Suspension
from fugong.resumption.operations import reports
from fugong.resumption.queries import reports as queries
from fugong.resumption.queries.progress import day_to_report
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground, days


@pytest.fixture
def works(at: Ground) -> Ground:
    making.approved(at)
    return at


def reported(
    at: Ground,
    *,
    day: date = TODAY,
    now: datetime = NOW,
    on_post: int = 80,
    capacity_percent: int = 60,
    needs: str = "",
) -> ProductionReport:
    data = ops.ReportData(at.enterprise.id, day, on_post, capacity_percent, needs)
    return ops.report_production(data, actor=at.contact, now=now)


def owed(day: date) -> DutyQuerySet:
    return Duty.objects.open().filter(kind=DutyKind.REPORT, period=day.isoformat())


def test_report_when_for_today_then_kept_with_its_fact(works):
    row = reported(works, needs="  masks ")
    assert (row.revision, row.is_late, row.findings, row.needs) == (1, False, [], "masks")
    assert Fact.objects.filter(name=facts.PRODUCTION_REPORTED).count() == 1


def test_report_when_twice_for_one_day_then_a_correction_and_both_stay(works):
    reported(works, on_post=80)
    corrected = reported(works, on_post=81)
    assert corrected.revision == 2
    assert list(ProductionReport.objects.order_by("revision").values_list("on_post", flat=True)) == [80, 81]
    found = queries.find_report(works.contact, works.enterprise.id, TODAY)
    assert found is not None
    assert found.on_post == 81
    assert [row.on_post for row in queries.reports_of_day(works.department, TODAY)] == [81]


def test_report_when_changed_in_the_database_then_refused(works):
    reported(works)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProductionReport.objects.update(on_post=1)


def test_report_when_after_its_deadline_then_taken_and_marked_late(works):
    """The state of the 7th is owed by noon of the 8th."""
    noon = making.noon(2022, 4, 8)
    assert not reported(works, now=noon).is_late
    assert reported(works, now=noon + timedelta(seconds=1)).is_late


@pytest.mark.parametrize(
    ("day", "code"), [(TODAY + timedelta(days=1), "day_to_come"), (TODAY - timedelta(days=1), "not_resumed")]
)
def test_report_when_for_a_day_that_cannot_be_then_refused(works, day, code):
    with pytest.raises(Invalid) as refusal:
        reported(works, day=day)
    assert refusal.value.code == code
    assert not ProductionReport.objects.exists()


def test_report_when_the_enterprise_never_resumed_then_refused(at):
    with pytest.raises(Invalid) as refusal:
        reported(at)
    assert refusal.value.code == "not_resumed"


@pytest.mark.parametrize("role", ["instructor", "park", "headquarters"])
def test_report_when_nobody_speaks_for_the_enterprise_then_not_permitted(works, role):
    data = ops.ReportData(works.enterprise.id, TODAY, 1, 1)
    with pytest.raises(NotPermitted):
        ops.report_production(data, actor=works.people[role], now=NOW)


def test_report_when_the_numbers_never_change_then_shown_and_not_refused(works):
    for day in days(TODAY, 5):
        row = reported(works, day=day, now=NOW + (day - TODAY))
    assert row.findings == [Implausible.NEVER_CHANGING]


def test_report_when_a_correction_changes_a_day_then_the_correction_counts(works):
    for day in days(TODAY, 4):
        reported(works, day=day, now=NOW + (day - TODAY))
    reported(works, day=TODAY, on_post=79, now=NOW + timedelta(days=3))
    row = reported(works, day=TODAY + timedelta(days=4), now=NOW + timedelta(days=4))
    assert row.findings == []


def test_duties_when_opened_then_each_enterprise_at_work_owes_once(works):
    making.another_enterprise(works)
    day = TODAY + timedelta(days=1)
    now = NOW + timedelta(days=1)
    assert ops.open_report_duties(works.authority.id, day=day, now=now) == 1
    ops.open_report_duties(works.authority.id, day=day, now=now)
    duty = owed(day).get()
    assert duty.owner_enterprise_id == works.enterprise.id
    assert duty.due_at == making.noon(2022, 4, 9)
    assert duty.url.endswith("?day=2022-04-08")
    reported(works, day=day, now=now)
    assert not owed(day).exists()


def test_duties_when_reported_already_then_nothing_is_owed(works):
    reported(works)
    assert ops.open_report_duties(works.authority.id, day=TODAY, now=NOW) == 0
    assert not owed(TODAY).exists()


def test_duties_when_before_it_resumed_then_nothing_is_owed(works):
    day = TODAY - timedelta(days=1)
    assert ops.open_report_duties(works.authority.id, day=day, now=NOW) == 0


def test_duties_when_no_playbook_was_in_force_then_nothing_is_owed(works):
    assert ops.open_report_duties(works.authority.id, day=date(2022, 3, 1), now=NOW) == 0


def test_duties_when_another_is_approved_at_noon_then_it_is_asked_too_and_only_it(works):
    ops.open_report_duties(works.authority.id, day=TODAY, now=NOW)
    second = making.with_instructor(making.another_enterprise(works))
    making.approved(second, now=NOW + timedelta(hours=3))
    assert ops.open_report_duties(works.authority.id, day=TODAY, now=NOW + timedelta(hours=3)) == 1
    assert {duty.subject_id for duty in owed(TODAY)} == {works.enterprise.id, second.enterprise.id}


def test_duties_when_nothing_is_owed_anew_then_no_audit_row_and_as_many_statements_for_more(works):
    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            assert ops.open_report_duties(works.authority.id, day=TODAY, now=NOW) == 0
        return len(context)

    ops.open_report_duties(works.authority.id, day=TODAY, now=NOW)
    alone = asked()
    for _number in range(2):
        making.approved(making.with_instructor(making.another_enterprise(works)))
    ops.open_report_duties(works.authority.id, day=TODAY, now=NOW)
    assert asked() == alone
    assert AuditEntry.objects.filter(action="resumption.open_report_duties").count() == 2


def test_duties_when_several_are_asked_then_no_statement_more(works):
    def asked(day: date) -> int:
        with CaptureQueriesContext(connection) as context:
            ops.open_report_duties(works.authority.id, day=day, now=NOW + (day - TODAY))
        return len(context)

    one = asked(TODAY)
    for _number in range(2):
        making.approved(making.with_instructor(making.another_enterprise(works)))
    assert asked(TODAY + timedelta(days=1)) == one
    assert owed(TODAY + timedelta(days=1)).count() == 3


def test_duties_when_excused_then_not_asked_again_and_not_listed(works):
    ops.open_report_duties(works.authority.id, day=TODAY, now=NOW)
    owed(TODAY).update(withdrawn_at=NOW, excuse=Excuse.CLOSED_THAT_DAY, excuse_note="A power cut")
    assert ops.open_report_duties(works.authority.id, day=TODAY, now=NOW) == 0
    assert not queries.list_not_reported(works.department, TODAY).exists()


def suspended(at: Ground, *, now: datetime) -> Suspension:
    data = ops.SuspensionData(at.enterprise.id, SuspensionReason.INFECTION, "seen", date(2022, 4, 20))
    proposal = ops.propose_suspension(data, actor=at.department, now=now)
    return ops.confirm_suspension(proposal.id, actor=at.headquarters, now=now)


def test_duties_when_suspended_then_withdrawn_and_asked_again_when_it_works_the_same_day(works):
    """On the 8th the state of the 7th is reported, and that of the 8th is owed already."""
    today = TODAY + timedelta(days=1)
    now = NOW + timedelta(days=1)
    for day in (TODAY, today):
        ops.open_report_duties(works.authority.id, day=day, now=now)
    suspension = suspended(works, now=now)
    for day in (TODAY, today):
        assert not owed(day).exists()
        assert not queries.list_not_reported(works.department, day).exists()
        assert ops.open_report_duties(works.authority.id, day=day, now=now) == 0
    ops.lift_suspension(suspension.id, actor=works.headquarters, now=now + timedelta(hours=1), note="")
    assert ops.open_report_duties(works.authority.id, day=today, now=now + timedelta(hours=1)) == 1


def test_duties_when_suspended_then_what_was_missed_before_stays_missed(works):
    ops.open_report_duties(works.authority.id, day=TODAY, now=NOW)
    suspended(works, now=NOW + timedelta(days=2))
    assert owed(TODAY).exists()


def test_duties_when_let_to_work_in_the_morning_then_nothing_for_the_day_before(works):
    """It stood still when the 8th ended."""
    suspension = suspended(works, now=NOW + timedelta(days=1))
    morning = NOW + timedelta(days=2)
    ops.lift_suspension(suspension.id, actor=works.headquarters, now=morning, note="")
    eighth = TODAY + timedelta(days=1)
    assert ops.open_report_duties(works.authority.id, day=eighth, now=morning) == 0
    assert not queries.list_not_reported(works.department, eighth).exists()
    ninth = TODAY + timedelta(days=2)
    assert ops.open_report_duties(works.authority.id, day=ninth, now=morning) == 1


@pytest.mark.parametrize(("seconds", "asked"), [(-1, 0), (1, 1)])
def test_duties_when_it_came_after_the_deadline_then_it_is_not_asked(works, monkeypatch, seconds, asked):
    """Somebody let to work after the hour could only miss it."""
    due_at = NOW + timedelta(seconds=seconds)
    monkeypatch.setattr(reports, "report_due_at", lambda cadence, day: due_at)
    assert ops.open_report_duties(works.authority.id, day=TODAY, now=NOW) == asked


def test_not_reported_when_some_have_then_the_others(works):
    second = making.with_instructor(making.another_enterprise(works))
    making.approved(second)
    reported(works)
    missing = queries.list_not_reported(works.department, TODAY)
    assert [row.id for row in missing] == [second.enterprise.id]
    assert not queries.list_not_reported(works.contact, TODAY).exists(), "not of others"


CADENCE = """
[cadences.large_daily]
name = { zh = "规上企业日报", en = "Daily report of above-size enterprises" }
duty = "resumption.production_report"
times = 1
unit = "day"
origin = "local-choice"
why = { zh = "测试", en = "for the test" }
%s

[cadences.production_report]
"""


def cadences(at: Ground, narrower: str, *changes: tuple[str, str]) -> None:
    """A cadence of its own before the general one, which becomes weekly."""
    making.in_force(
        at,
        making.with_regime(
            ("\n[cadences.production_report]\n", CADENCE % narrower),
            ('unit = "day"\ndue_at = 12:00:00', 'unit = "week"\ndue_at = 12:00:00'),
            *changes,
        ),
    )


def opened(at: Ground, day: date) -> int:
    now = NOW + (day - TODAY)
    return ops.open_report_duties(at.authority.id, day=day, now=now)


SATURDAY, SUNDAY = date(2022, 4, 9), date(2022, 4, 10)


def test_duties_when_a_class_reports_daily_and_the_rest_weekly_then_each_by_its_own_cadence(works):
    small = making.another_enterprise(works, size_class="below")
    making.with_instructor(small)
    with_certificate(small)
    cadences(works, "when = 'size_class != null && size_class == \"above\"'")
    assert opened(works, SATURDAY) == 1
    assert owed(SATURDAY).get().owner_enterprise_id == works.enterprise.id
    missing = queries.list_not_reported(works.department, SATURDAY)
    assert [row.id for row in missing] == [works.enterprise.id]
    assert opened(works, SUNDAY) == 2
    assert queries.list_not_reported(works.department, SUNDAY).count() == 2


def test_duties_when_a_cadence_belongs_to_a_regime_then_only_while_it_is_in_force(works):
    cadences(works, 'regimes = ["wartime"]')
    assert opened(works, SATURDAY) == 0
    assert day_to_report(NOW + (SATURDAY - TODAY) + timedelta(days=1)) is None
    assert opened(works, date(2022, 4, 20)) == 1
    assert day_to_report(NOW + (date(2022, 4, 20) - TODAY)) == date(2022, 4, 20)


def test_report_when_nothing_is_owed_for_the_day_then_never_late(works):
    cadences(works, 'regimes = ["wartime"]')
    assert not reported(works, day=SATURDAY, now=NOW + timedelta(days=30)).is_late
    assert reported(works, day=SUNDAY, now=NOW + timedelta(days=30)).is_late


def with_certificate(at: Ground) -> None:
    application = making.submitted(at)
    making.visited(at, application)
    opinion = ops.Approval("territory")
    ops.approve(application.id, opinion, actor=at.park, now=NOW)
