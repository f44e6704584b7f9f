"""The auditor's page: filters, pages, what was changed, and the check of the chain."""

import ast
import re
from pathlib import Path

import pytest

from fugong.command.web import deeds
from fugong.core.actor import system_actor
from fugong.core.audit.models import AuditEntry, AuditLink
from fugong.core.audit.personal import Personal
from fugong.core.operation import operation
from tests.command.case import NOW
from tests.core.web.people import signed_in, text

pytestmark = pytest.mark.usefixtures("morning_after")
PLACE = re.compile(r'data-label="Place in the chain">(\d+)<')


@pytest.fixture
def auditor(case):
    return signed_in(case.user("audit"))


def places(page):
    return [int(place) for place in PLACE.findall(page)]


def test_the_newest_entries_come_first_with_their_places(auditor):
    page = text(auditor.get("/audit/"))
    found = places(page)
    assert len(found) == 50
    assert "bulletins.publish" in page.split("</tr>")[1]


def test_pages_follow_each_other_without_gap_or_overlap(case, auditor):
    rows = AuditEntry.objects.filter(action__startswith="resumption.").order_by("-at", "-id")
    expected = list(AuditLink.objects.filter(entry__in=rows).order_by("-entry__at", "-entry_id"))
    address, seen = "/audit/?action=resumption.", []
    for _ in range(3):
        page = text(auditor.get(address))
        seen += places(page)
        onward = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
        assert onward
        address = f"/audit/{onward.group(1).replace('&amp;', '&')}"
    assert seen == [link.position for link in expected[:150]]


def test_a_damaged_page_address_begins_at_the_newest(auditor):
    assert places(text(auditor.get("/audit/?after=nonsense"))) == places(text(auditor.get("/audit/")))


def test_filters_narrow_and_stay_in_the_links(case, auditor):
    page = text(auditor.get("/audit/?action=bulletins.&since=2022-04-28&until=2022-04-28"))
    acts = re.findall(r'data-label="Act"><span title="([^"]*)"', page)
    assert acts == ["bulletins.publish", "bulletins.compose"]
    assert '<option value="bulletins." selected>' in page
    assert "Nothing of this kind has been done." in text(auditor.get("/audit/?action=nothing.such"))
    assert re.search(r'href="\?action=bulletins\.[^"]*who=', page)


def test_every_deed_of_the_program_has_words():
    done = set()
    for path in Path(deeds.__file__).parents[2].rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "operation":
                first = node.args[0]
                done |= {str(first.value)} if isinstance(first, ast.Constant) else set()
    assert done == set(deeds.DEEDS)
    assert {name.partition(".")[0] + "." for name in done} == set(deeds.GROUPS)


def test_deeds_subjects_and_changes_are_told_in_words(case, auditor):
    page = text(auditor.get("/audit/?action=resumption.submit"))
    assert ">Submit an application<" in page
    assert "Application <a" in page
    assert "<dt>Route</dt>" in page
    with operation("duties.escalate", actor=system_actor(case.authority_id, "duties"), now=NOW) as op:
        op.audit(None, {})
    assert 'data-label="Who">The system<' in text(auditor.get("/audit/?action=duties.escalate"))


def test_one_person_can_be_followed_and_let_go_again(case, auditor):
    commander = case.user("commander")
    page = text(auditor.get(f"/audit/?who={commander.pk}"))
    assert set(re.findall(r'data-label="Who"><a[^>]*>([^<]*)<', page)) == {commander.name}
    assert f"Not only {commander.name}" in page


def test_a_wrong_date_is_said_and_the_rest_still_narrows(auditor):
    page = text(auditor.get("/audit/?action=bulletins.&since=yesterday"))
    assert "Enter a valid date." in page
    assert len(places(page)) == 2


def test_what_was_changed_is_shown_and_personal_values_stay_sealed(case, auditor):
    with operation("tests.change", actor=case.actor("commander"), now=NOW) as op:
        op.audit(
            None, {"state": ["draft", "sent"], "phone": Personal("13800138000", "contact"), "note": None}
        )
    page = text(auditor.get("/audit/?action=tests.change"))
    assert "draft → sent" in page
    assert "a personal value, sealed" in page
    assert "13800138000" not in page
    assert "not sealed yet" in page


def test_the_chain_of_the_whole_case_verifies_on_the_page(case, auditor):
    count = AuditEntry.objects.count()
    page = text(auditor.get("/audit/?verify=1"))
    assert (
        f"The chain is whole: {count:,} entries verified" in page or f"The chain is whole: {count} " in page
    )


def test_only_auditors_get_the_page(case):
    for username in ("commander", "system", "security", "inspector", "firm103"):
        assert signed_in(case.user(username)).get("/audit/").status_code == 403
