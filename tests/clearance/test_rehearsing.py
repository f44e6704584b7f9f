"""A changed playbook tried on everybody before it is ordered."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given

from fugong.clearance import operations
from fugong.clearance.models import Clearance
from fugong.clearance.queries import rehearse
from fugong.clearance.queries.grounds import OnFile
from fugong.clearance.queries.rehearsing import Judge
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.playbooks import operations as playbooks
from fugong.playbooks.facts import Period, level_at
from tests.clearance.making import DAY, recorded, worker
from tests.clearance.test_refreshing import asking_for_reports, changed
from tests.core.web.people import signed_in
from tests.playbooks.test_levels import NOW as LEVELS_NOW
from tests.playbooks.test_levels import facts, moments, records, seen, zone
from tests.support.making import NOW

TODAY = date(2022, 4, 27)
FILED = seen("file", LEVELS_NOW - 20 * DAY)
JUDGES: dict[object, Judge] = {}
"""One for each moment, as over many people: what it keeps of one must be right for the next."""


def test_rehearse_when_reports_are_asked_for_then_says_who_has_none(here, li):
    reporting, ill = worker(here), worker(here)
    recorded(reporting, "health_report", here=here)
    recorded(ill, "fever", here=here)
    operations.refresh_clearances(here.authority.id, now=NOW)
    before = list(Clearance.objects.order_by("id").values())
    found = rehearse(asking_for_reports(), from_day=TODAY, now=NOW)
    assert found.looked_at == 3
    assert [(turn.before, turn.after, turn.people) for turn in found.turns] == [("green", "ask", (li.id,))]
    assert list(Clearance.objects.order_by("id").values()) == before


def test_rehearse_when_it_is_put_in_force_then_it_was_right(here, li):
    """The rehearsal and the refresh are two ways to the same answer."""
    for kind in ("fever", "symptom", "health_report", "negative_test", "close_contact"):
        recorded(worker(here), kind, here=here)
    operations.refresh_clearances(here.authority.id, now=NOW)
    before = dict(Clearance.objects.values_list("person_id", "level"))
    later = NOW + 4 * DAY
    found = rehearse(asking_for_reports(), from_day=date(2022, 5, 1), now=NOW)
    commander = here.person("commander")
    playbooks.activate(asking_for_reports(), actor=commander, now=NOW, from_day=date(2022, 5, 1))
    operations.refresh_clearances(here.authority.id, now=found.at)
    after = dict(Clearance.objects.values_list("person_id", "level"))
    told = {id_: turn.after for turn in found.turns for id_ in turn.people}
    assert told.keys() <= before.keys()
    assert {id_: after[id_] for id_ in told} == told
    assert found.at < later


def test_rehearse_when_a_condition_asks_for_home_then_by_each_persons_own(here):
    from_hubei = worker(here, home_region="420100")
    other = worker(here)
    for person in (from_hubei, other):
        recorded(person, "origin", here=here)
    narrower = changed(
        (
            'evidence = "origin"\nlevel = "yellow"\ndays = 14\n',
            'evidence = "origin"\nlevel = "yellow"\ndays = 14\nwhen = \'home_province == "420000"\'\n',
        )
    )
    found = rehearse(narrower, from_day=TODAY, now=NOW)
    assert [(turn.before, turn.after, turn.people) for turn in found.turns] == [
        ("yellow", "green", (other.id,))
    ]


def test_rehearse_when_nothing_changes_then_nobody(here, li):
    assert rehearse(changed(), from_day=TODAY, now=NOW).changed == 0


def test_page_when_a_playbook_is_proposed_then_says_whose_level_would_change(here, li, settings):
    settings.LANGUAGE_CODE, settings.FUGONG_ADMIN_MFA = "en", False
    text = asking_for_reports().text.encode()
    client = signed_in(here.holder("commander"))
    file = SimpleUploadedFile("datong-2.toml", text, content_type="text/plain")
    page = client.post(reverse("playbooks:propose"), {"file": file}).content.decode()
    assert "Whose level would change" in page
    assert "1 of 1 people" in page
    assert li.name in page
    with acting_for(here.authority.id):
        assert not Clearance.objects.exists()


@given(records, moments)
def test_judge_when_evidence_is_taken_alike_then_the_level_is_that_of_the_rules(record, at):
    period = Period(None, zone().policy)
    person = OnFile(new_id(), FILED.since, facts(home_province="420000"))
    expected = level_at([*record, FILED], person.facts, period, at)
    assert JUDGES.setdefault(at, Judge(period, at)).level(person, record) == expected
