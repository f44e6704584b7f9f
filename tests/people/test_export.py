"""Taking people out: with a reason, for one receiver, for some hours, marked; in full only with more, and
told.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest

from fugong.cli import export as cli
from fugong.core.audit.models import AuditEntry
from fugong.core.exports import keeping
from fugong.core.exports.models import ListDownload, ListExport
from fugong.core.exports.tracing import trace
from fugong.core.tenancy import acting_for
from tests.accounts import making as accounts
from tests.clocks import stand_still
from tests.core.web.people import signed_in, text
from tests.people.making import NOW, registered

pytestmark = pytest.mark.django_db
ASKED = {"format": "csv", "reason": "上报经信局"}


@pytest.fixture(autouse=True)
def on_the_day(settings, monkeypatch):
    stand_still(NOW, settings=settings, monkeypatch=monkeypatch)
    settings.FUGONG_ADMIN_MFA, settings.LANGUAGE_CODE = False, "en"


@pytest.fixture
def park(at):
    return signed_in(accounts.holder(at.authority, "reviewer_park", area=at.park))


@pytest.fixture
def another(at):
    return signed_in(accounts.holder(at.authority, "reviewer_park", area=at.park))


def taken(client, **more):
    answer = client.post("/people/export/", ASKED | more)
    assert answer.status_code == 302, text(answer)
    address = answer["Location"]
    return address, b"".join(client.post(f"{address}file/").streaming_content)


def people(at, number=40):
    return [registered(at.firm, phone=f"138{place:04}{place * 7 % 10000:04}") for place in range(number)]


def test_a_list_is_made_for_one_receiver_masked_and_told(at, park, another):
    made = people(at, 3)
    address, content = taken(park)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 3 + 1
    assert "No. 1." in rows[-1][0]
    assert "上报经信局" in rows[-1][0]
    with acting_for(at.authority.id):
        numbers = [str(person.document) for person in made] + [str(person.phone) for person in made]
    assert [number for number in numbers if number in content.decode()] == []
    assert another.get(address).status_code == 404
    assert another.post(f"{address}file/").status_code == 404
    page = text(park.get(address))
    assert "Fetched" in page
    with acting_for(at.authority.id):
        assert ListDownload.objects.count() == 1
        acts = AuditEntry.objects.filter(action__startswith="exports.").order_by("id")
        assert [entry.action for entry in acts] == ["exports.make", "exports.keep", "exports.download"]


def test_who_may_not_take_lists_out_is_offered_none(at):
    contact = signed_in(accounts.holder(at.authority, "instructor"))
    assert contact.post("/people/export/", ASKED).status_code == 403
    with acting_for(at.authority.id):
        assert not ListExport.objects.exists()


def test_without_a_reason_nothing_is_made(at, park):
    people(at, 1)
    assert park.post("/people/export/", {"format": "csv", "reason": " "}).status_code == 422
    with acting_for(at.authority.id):
        assert not ListExport.objects.exists()


def test_after_its_hours_it_cannot_be_fetched_and_is_emptied(at, settings):
    people(at, 2)
    user = accounts.holder(at.authority, "reviewer_park", area=at.park)
    address, _content = taken(signed_in(user))
    settings.FUGONG_CLOCK = NOW + timedelta(hours=25)
    park = signed_in(user)
    assert park.post(f"{address}file/").status_code == 409
    assert "hours of this file are over" in text(park.get(address))
    assert keeping.forget_expired(at.authority.id, now=NOW + timedelta(hours=23)) == 0
    assert keeping.forget_expired(at.authority.id, now=NOW + timedelta(hours=25)) == 1
    assert keeping.forget_expired(at.authority.id, now=NOW + timedelta(hours=25)) == 0
    with acting_for(at.authority.id):
        row = ListExport.objects.get()
        assert (str(row.content), row.reason) == ("", "上报经信局")


def test_numbers_in_full_need_more_and_are_told_in_each_file(at, park):
    made = people(at, 2)
    _address, content = taken(park, in_full="1")
    with acting_for(at.authority.id):
        for person in made:
            assert str(person.document) in content.decode()
            assert str(person.phone) in re.sub(r"(?<=\d)[ -](?=\d)", "", content.decode())
        told = AuditEntry.objects.filter(action="exports.unmask", subject_kind="people.person")
        assert {entry.subject_id for entry in told} == {str(person.id) for person in made}
    assert "Numbers taken out in full" in text(park.get(f"/people/{made[0].id}/"))


def test_the_receiver_of_a_file_is_found_from_a_part_of_it(at, park, another, tmp_path, capsys):
    people(at)
    _first, mine = taken(park)
    _second, others = taken(another)
    assert mine != others
    lines = mine.decode("utf-8-sig").splitlines()
    part = "\n".join(line.split(",", 1)[1] for line in lines[20:32])
    (found,) = trace(part.encode(), at.authority.id).exports
    assert found.number == 1
    assert trace(b"nothing of ours", at.authority.id).exports == ()
    file = tmp_path / "found.csv"
    file.write_text(part, encoding="utf-8")
    assert run("trace", str(file)) == 0
    assert "export 1 of people" in capsys.readouterr().out
    file.write_text("nothing", encoding="utf-8")
    assert run("trace", str(file)) == 1


def test_an_excel_file_names_its_receiver_on_every_printed_page_and_in_its_data(at, park):
    people(at)
    _address, content = taken(park, format="xlsx")
    (found,) = trace(content, at.authority.id).exports
    assert found.number == 1
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "oddHeader" in sheet
    assert "No. 1." in sheet


def run(*words):
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return cli.run(parser.parse_args(words))
