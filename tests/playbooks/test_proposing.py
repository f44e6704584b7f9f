"""Putting a version in force on its page: what is wrong, what would change, and the day."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fugong.core.audit.models import AuditEntry
from fugong.core.tenancy import acting_for
from fugong.playbooks.models import PlaybookVersion
from fugong.playbooks.queries import get_in_force
from fugong.playbooks.web.comparing import differences
from tests.accounts import making as accounts
from tests.core.web.people import signed_in, text
from tests.playbooks.making import TODAY, version_of

pytestmark = pytest.mark.django_db
PAGE = "/playbooks/new/"
HERE = TODAY + timedelta(days=10)  # the day on which `north` is looked at


@pytest.fixture
def chief(north):
    return signed_in(accounts.holder(north, "commander"))


def upload(content: str | bytes, name: str = "next.toml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def earlier_warning(datong) -> str:
    """The next version: one clock warns earlier."""
    changed = version_of(datong, "99.9").text
    assert "warn_hours_before = 4\n" in changed
    return changed.replace("warn_hours_before = 4\n", "warn_hours_before = 6\n", 1)


def kept(page: str) -> dict[str, str]:
    return {
        name: html.unescape(re.search(f'name="{name}" value="([^"]*)"', page).group(1))
        for name in ("kept", "kept_name", "from_day")
    }


def test_the_way_stands_on_the_playbooks_page_for_those_who_may(north, chief):
    assert PAGE in text(chief.get("/playbooks/"))
    reader = signed_in(accounts.holder(north, "inspector"))
    assert PAGE not in text(reader.get("/playbooks/"))
    assert reader.get(PAGE).status_code == 403


def test_a_file_is_compared_then_put_in_force_on_the_chosen_day(north, chief, datong):
    looked = text(chief.post(PAGE, {"file": upload(earlier_warning(datong))}))
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</th>", looked)
    assert len(rows) == 1
    with acting_for(north.id):
        assert get_in_force(HERE).playbook.version == datong.version

    given = kept(looked)
    assert given["from_day"] == HERE.isoformat()
    given["from_day"] = (HERE + timedelta(days=3)).isoformat()
    response = chief.post(PAGE, {**given, "activate": "1"})
    with acting_for(north.id):
        row = PlaybookVersion.objects.get(version="99.9")
        assert response["Location"] == f"/playbooks/{row.id}/"
        assert row.text == earlier_warning(datong)
        assert get_in_force(HERE + timedelta(days=2)).playbook.version == datong.version
        assert get_in_force(HERE + timedelta(days=3)).playbook.version == "99.9"
        entry = AuditEntry.objects.filter(action="playbooks.activate").latest("at")
        assert entry.changes["from"] == given["from_day"]
    assert "not in force yet" in text(chief.get("/playbooks/"))


def test_every_fault_is_told_with_its_line_and_nothing_changes(north, chief, datong):
    bad = earlier_warning(datong).replace("[clocks.answer]", "[clocks.answer]\nhurry = true\npatience = 2", 1)
    response = chief.post(PAGE, {"file": upload(bad)})
    assert response.status_code == 422
    page = html.unescape(text(response))
    faults = re.findall(r'<li lang="en">(.*?)</li>', page)
    line = bad[: bad.index("hurry")].count("\n") + 1
    assert [fault.split(" — ")[0].split(": ")[0] for fault in faults] == [
        f"next.toml:{line}",
        f"next.toml:{line + 1}",
    ]
    assert 'name="activate"' not in page
    with acting_for(north.id):
        assert PlaybookVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose the playbook's file."),
        ({"kept": "no base64!"}, "Choose the playbook's file."),
        ({"file": ("gbk", "复工".encode("gbk"))}, "is not UTF-8 text"),
        ({"file": ("empty", b"")}, "next.toml:1"),
        ({"file": ("large", b"#" * 2_000_001)}, "is larger than"),
    ],
)
def test_what_is_no_playbook_is_refused_in_a_sentence(chief, given, said):
    data = {key: upload(value[1]) if isinstance(value, tuple) else value for key, value in given.items()}
    response = chief.post(PAGE, data)
    assert response.status_code == 422
    assert said in html.unescape(text(response))


def test_an_example_that_no_longer_holds_is_told(chief, datong):
    changed = earlier_warning(datong).replace("working_days = 2\ncloses_at", "working_days = 1\ncloses_at", 1)
    page = html.unescape(text(chief.post(PAGE, {"file": upload(changed)})))
    assert "expects 2022-04-11 17:30:00+08:00, the rules give 2022-04-08 17:30:00+08:00" in page


@pytest.mark.parametrize(("day", "said"), [("", "Choose a day."), ("2022-04-01", "not earlier")])
def test_a_wrong_day_keeps_the_file(chief, datong, day, said):
    given = kept(text(chief.post(PAGE, {"file": upload(earlier_warning(datong))}))) | {"from_day": day}
    response = chief.post(PAGE, {**given, "activate": "1"})
    assert response.status_code == 422
    page = html.unescape(text(response))
    assert said in page
    assert kept(page)["kept"] == given["kept"]


def test_the_same_version_twice_is_refused(chief, datong):
    given = kept(text(chief.post(PAGE, {"file": upload(datong.text)})))
    response = chief.post(PAGE, {**given, "activate": "1"})
    assert response.status_code == 422
    assert "was put in force before" in html.unescape(text(response))


def test_everything_is_new_where_nothing_was_and_nothing_changes_against_itself(datong):
    assert differences(datong, datong) == []
    assert {row.before for row in differences(None, datong)} == {""}
    assert len(differences(None, datong)) > 100
