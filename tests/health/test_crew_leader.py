"""A worker leads the crew: appointed on a page, told on the own phone, done by the crew's sheet."""

from __future__ import annotations

from datetime import datetime

from fugong.core.clock import LOCAL
from fugong.core.tenancy import acting_for
from fugong.people import operations as people
from tests.health.making import NOW
from tests.health.test_web import bo, phone_of, rows_of  # noqa: F401 - a fixture
from tests.people.playbooks import at_work

MORNING = datetime(2022, 4, 28, 8, tzinfo=LOCAL)


def test_worker_when_made_leader_then_sees_who_is_missing_and_reports_the_crew(at, bo, settings):  # noqa: F811
    """The report of the day is due at ten."""
    settings.FUGONG_CLOCK = MORNING
    client, mark = phone_of(at.worker)
    assert "My crew" not in client.get("/me/").content.decode()
    sent = {"crew": "甲班", "person": str(at.worker.id)}
    assert bo.post(f"/people/crews/{at.firm.id}/", sent).status_code == 302
    with acting_for(at.authority.id):
        at_work(at.firm, now=NOW)
        people.open_rolls(at.authority.id, MORNING.date(), MORNING)
    page = client.get("/me/").content.decode()
    assert "甲班 · Report the day" in page
    assert "2 people missing · due 04-28 10:00" in page
    assert at.mate.name not in page
    assert at.mate.name in client.get("/me/health/crew/").content.decode()
    assert client.post("/me/health/crew/", mark).status_code == 302
    assert {row.person_id for row in rows_of(at)} == {at.worker.id, at.mate.id}
    assert "Nobody is missing there now" in client.get("/me/").content.decode()
