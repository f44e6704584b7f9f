"""The playbook's page: every value with its origin, and the file itself to take away."""

import html
import re

import pytest

from fugong.core.tenancy import acting_for
from fugong.playbooks.choices import Origin
from fugong.playbooks.queries import get_in_force
from tests.accounts import making as accounts
from tests.core.web.people import signed_in, text
from tests.playbooks.making import TODAY, commander, in_force, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(north):
    return signed_in(accounts.holder(north, "inspector"))


def test_the_page_shows_the_law_of_today_with_its_sources(north, reader, datong):
    page = html.unescape(text(reader.get("/playbooks/")))
    assert datong.title.en in page
    assert datong.sha256 in page
    assert "In force from" in page
    assert TODAY.isoformat() in page
    for source in datong.policy.sources.values():
        for clause in source.clauses.values():
            assert clause in page


def test_every_rule_value_stands_there_with_its_origin(north, reader, datong):
    """A value whose origin is a default or a choice gives its reason too."""
    page = text(reader.get("/playbooks/"))
    rules = page.split('class="rule-lines"', 1)[1].split('id="about-heading"')[0]
    lines = re.findall(r"<dt>.*?</dt>\s*<dd>(.*?)</dd>", rules, re.DOTALL)
    assert len(lines) > 100
    assert [line for line in lines if 'class="state ' not in line] == []
    for origin in (Origin.SOURCE, Origin.NATIONAL_DEFAULT):
        assert [line for line in lines if str(origin.label) in line], origin
    unsourced = [line for line in lines if str(Origin.SOURCE.label) not in line]
    assert [line for line in unsourced if not re.search('class="(rule-why|nothing)"', line)] == []


def test_the_download_is_the_very_file(north, reader, datong):
    with acting_for(north.id):
        version = get_in_force(TODAY)
    response = reader.get(f"/playbooks/{version.version_id}/text/")
    assert response.content.decode() == datong.text
    assert response.headers["Content-Type"].startswith("application/toml")
    name = f"{datong.id}-{datong.version}.toml"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_an_earlier_version_stays_readable_and_says_until_when_it_held(north, reader, datong):
    with acting_for(north.id):
        before = get_in_force(TODAY)
        in_force(version_of(datong, "9.1"), commander(north), days=2)
    page = text(reader.get(f"/playbooks/{before.version_id}/"))
    assert "2022-04-22" in page
    assert "9.1" in page
    assert text(reader.get("/playbooks/")).count(datong.version)


def test_where_none_is_in_force_the_page_says_so(north):
    response = signed_in(accounts.holder(accounts.authority("south"), "inspector")).get("/playbooks/")
    assert response.status_code == 404
    assert "No playbook was in force on that day." in text(response)


def test_the_version_of_another_authority_is_not_there(north, reader, datong):
    south = accounts.authority("south")
    in_force(datong, commander(south))
    with acting_for(south.id):
        version = get_in_force(TODAY)
    for part in ("", "text/"):
        assert reader.get(f"/playbooks/{version.version_id}/{part}").status_code == 404


def test_who_may_not_see_playbooks_gets_none_of_it(north):
    client = signed_in(accounts.holder(north, "instructor"))
    assert client.get("/playbooks/").status_code == 403
