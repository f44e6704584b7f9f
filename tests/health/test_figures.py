"""Health reports due, received, missing and excused: as they were known then, by area, with their proof."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.core.clock import end_of
from fugong.core.figures import FigureQuery, catalogue, manifest_of, printed
from fugong.core.operation import operation
from fugong.core.tenancy import acting_for
from fugong.duties import operations as duties
from fugong.duties.choices import DutySubject, RollEntry, owed_by_holders
from fugong.duties.models import Entry
from fugong.health import operations
from fugong.health.choices import HANDLE, REPORT_DUTY, Way
from fugong.health.queries.figures import UnknownScope
from fugong.health.queries.rows import line_rows
from tests.accounts import making as accounts
from tests.core.web.people import signed_in
from tests.health import making
from tests.health.making import NOW, TODAY, TOMORROW, YESTERDAY, reported, said
from tests.people import making as people

HOUR = timedelta(hours=1)
OPENED = NOW - 4 * HOUR


def put_on(at, firm, *who, day=TODAY, period="", now=OPENED):
    with operation("people.open_rolls", actor=making.system(at.authority), now=now) as op:
        op.audit(None, {})
        return duties.owe_roll(
            kind=REPORT_DUTY,
            subject=DutySubject("enterprise", firm.id, firm.name, "/"),
            owner=owed_by_holders(HANDLE),
            entries=[RollEntry(person.id, person.name) for person in who],
            due_at=end_of(day),
            opened_at=OPENED,
            period=period or day.isoformat(),
            enterprise_id=firm.id,
            op=op,
        )


@pytest.fixture
def owed(at):
    """Two workers of one park owe a report, and one of another."""
    put_on(at, at.firm, at.worker, at.mate)
    put_on(at, at.far, at.stranger)
    return at


def compute(at, key, *, day=TODAY, known_at=NOW, **rest):
    query = FigureQuery(
        authority_id=at.authority.id, as_of=min(known_at, end_of(day)), known_at=known_at, **rest
    )
    return catalogue[f"health.{key}"].compute(query)


def values(at, **asked):
    return tuple(compute(at, key, **asked).value for key in ("due", "received", "missing", "excused"))


def excuse(at, person, *, now=NOW):
    line = Entry.objects.get(subject_id=person.id)
    return duties.excuse_entry(
        line.id,
        reason="absent",
        note="探亲",
        actor=accounts.acting(accounts.holder(at.authority, "reviewer_headquarters")),
        now=now,
    )


def test_figures_when_some_have_reported_then_due_is_received_and_missing(owed):
    reported(owed.worker, now=NOW - HOUR)
    assert values(owed) == (3, 1, 2, 0)


def test_figures_when_asked_by_area_or_enterprise_then_of_its_people(owed):
    reported(owed.worker, now=NOW - HOUR)
    assert values(owed, areas=frozenset({owed.park.id})) == (2, 1, 1, 0)
    assert values(owed, areas=frozenset({owed.other.id})) == (1, 0, 1, 0)
    assert values(owed, scope={"enterprise": str(owed.far.id)}) == (1, 0, 1, 0)
    assert compute(owed, "due", areas=frozenset()).value is None


def test_figures_when_somebody_is_let_off_then_excused_and_no_longer_due(owed):
    excuse(owed, owed.mate)
    assert values(owed) == (2, 0, 2, 1)


def test_figures_when_computed_as_known_before_then_what_came_since_changes_nothing(owed):
    before = [
        compute(owed, key, known_at=NOW - 2 * HOUR) for key in ("due", "received", "missing", "excused")
    ]
    reported(owed.worker, now=NOW - HOUR)
    excuse(owed, owed.mate)
    put_on(owed, owed.firm, people.registered(owed.firm, name="新人"), now=NOW)
    again = [compute(owed, key, known_at=NOW - 2 * HOUR) for key in ("due", "received", "missing", "excused")]
    assert [manifest_of(each.rows) for each in again] == [manifest_of(each.rows) for each in before]
    assert [each.value for each in again] == [3, 0, 3, 0]
    assert values(owed) == (3, 1, 2, 1)


def test_figures_when_a_report_comes_on_the_next_day_then_the_day_stays_missing(owed):
    late = NOW + timedelta(days=1)
    operations.report(owed.worker.id, said(), way=Way.OWN, actor=making.worker(owed.worker), now=late)
    assert values(owed, known_at=late) == (3, 0, 3, 0)


def test_figures_when_a_report_is_corrected_then_received_once(owed):
    reported(owed.worker, now=NOW - 2 * HOUR)
    reported(owed.worker, "36.9", now=NOW - HOUR)
    assert values(owed) == (3, 1, 2, 0)


def test_figures_when_reports_are_owed_several_times_a_day_then_each_person_once(at):
    put_on(at, at.firm, at.worker, period="2022-04-27T08:00")
    put_on(at, at.firm, at.worker, period="2022-04-27T20:00")
    assert values(at) == (1, 0, 1, 0)


def test_figures_when_a_report_came_that_nobody_owed_then_not_counted(owed):
    extra = people.registered(owed.firm, name="新人")
    reported(extra, now=NOW - HOUR)
    assert values(owed) == (3, 0, 3, 0)


@pytest.mark.parametrize("day", [YESTERDAY, TOMORROW])
def test_figures_when_nothing_was_asked_that_day_then_nothing_is_recorded(owed, day):
    found = compute(owed, "due", day=day, known_at=NOW + timedelta(days=2))
    assert found.value is None
    figure = catalogue["health.due"].figure_of(found, as_of=NOW)
    assert "nothing" in printed(figure, "en")


def test_figures_when_narrowed_by_something_unknown_then_refused(owed):
    with pytest.raises(UnknownScope, match="industry"):
        compute(owed, "due", scope={"industry": "aluminium"})


def test_figures_when_ten_times_as_many_then_in_as_many_statements(owed):
    with CaptureQueriesContext(connection) as few:
        compute(owed, "missing", areas=frozenset({owed.park.id}))
    put_on(owed, owed.firm, *(people.registered(owed.firm, name=f"职工{number}") for number in range(20)))
    with CaptureQueriesContext(connection) as many:
        assert compute(owed, "missing", areas=frozenset({owed.park.id})).value == 22
    assert len(many) == len(few) == 3


def test_rate_when_proved_then_the_rows_received_are_among_those_due(owed):
    reported(owed.worker, now=NOW - HOUR)
    assert set(compute(owed, "received").rows) < set(compute(owed, "due").rows)


def test_rows_when_the_reader_sees_no_health_reports_then_no_names(owed):
    ids = [row.id for row in compute(owed, "due").rows]
    assert line_rows(accounts.acting(accounts.holder(owed.authority, "audit_admin")), ids) == {}
    assert {row.label for row in line_rows(owed.bo, ids).values()} == {owed.worker.name, owed.mate.name}


# ---------------------------------------------------------------- pages


def test_page_when_seen_by_the_inspector_then_the_figures_and_the_enterprises(owed):
    reported(owed.worker, now=NOW - HOUR)
    client = signed_in(accounts.holder(owed.authority, "inspector"))
    page = client.get("/health/figures/").content.decode()
    assert "Health reports due" in page
    assert owed.firm.name in page
    assert "/health/figures/missing/?day=2022-04-27" in page


def test_proof_when_opened_then_definition_seal_and_people(owed):
    with acting_for(owed.authority.id):
        digest = manifest_of(compute(owed, "missing").rows).digest
    client = signed_in(accounts.holder(owed.authority, "inspector"))
    page = client.get("/health/figures/missing/?day=2022-04-27").content.decode()
    assert digest in page
    assert "had not reported" in page
    assert client.get("/health/figures/nothing/").status_code == 404


def test_page_when_the_day_has_no_reports_then_said_so(at):
    client = signed_in(accounts.holder(at.authority, "inspector"))
    page = client.get("/health/figures/?day=2022-04-20").content.decode()
    assert "No health report was asked of anybody" in page


def test_page_when_seen_by_whoever_oversees_no_health_then_refused(at):
    with acting_for(at.authority.id):
        client = signed_in(accounts.holder(at.authority, "audit_admin"))
    assert client.get("/health/figures/").status_code == 403
