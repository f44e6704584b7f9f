"""Which law holds on a day, and that a stored one reads as the file it came from."""

from datetime import timedelta

import pytest

from fugong.core.ids import new_id
from fugong.core.refusals import Invalid, NotFound
from fugong.core.tenancy import acting_for
from fugong.playbooks import queries
from fugong.playbooks.models import PlaybookVersion
from fugong.playbooks.rules.library import LIBRARY
from tests.playbooks.making import TODAY, authority, commander, in_force, version_of


@pytest.fixture
def north(db, zone):
    made = authority()
    with acting_for(made.id):
        in_force(zone, commander(made))
        in_force(version_of(zone, "9.1"), commander(made), days=5)
        yield made


@pytest.mark.parametrize(("days", "which"), [(0, 0), (4, 0), (5, 1), (400, 1)])
def test_each_day_has_its_law(north, zone, days, which):
    found = queries.get_in_force(TODAY + timedelta(days=days))
    assert found.playbook.version == (zone.version, "9.1")[which]
    assert found.starts_on <= TODAY + timedelta(days=days)


def test_before_the_first_day_there_was_none(north):
    with pytest.raises(NotFound) as refused:
        queries.get_in_force(TODAY - timedelta(days=1))
    assert refused.value.code == "no_playbook"


def test_another_authority_s_law_is_not_found(north):
    version = queries.get_in_force(TODAY)
    with acting_for(authority("south").id):
        with pytest.raises(NotFound):
            queries.get_in_force(TODAY)
        with pytest.raises(NotFound):
            queries.get_version(version.version_id)
    with pytest.raises(NotFound):
        queries.get_version(new_id())


def test_a_stored_version_is_the_very_file_and_is_read_once(north, zone):
    first, second = queries.get_in_force(TODAY), queries.get_in_force(TODAY)
    assert first.playbook.text == zone.text
    assert first.playbook.sha256 == zone.sha256
    assert first.playbook is second.playbook


def test_all_versions_are_listed_the_newest_first_without_their_text(north, zone, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = queries.list_versions(commander(north))
        assert [row.version for row in rows] == ["9.1", zone.version]
    assert PlaybookVersion.text.field.attname in rows[0].get_deferred_fields()


def test_what_comes_with_fugong_is_found_by_name_and_day():
    assert queries.shipped("datong", on=TODAY).id == "datong"
    for name, day in (("nowhere", TODAY), ("datong", TODAY.replace(year=2019))):
        with pytest.raises(NotFound):
            queries.shipped(name, on=day)


def test_a_file_of_ones_own_is_read_or_refused_with_all_that_is_wrong(tmp_path, zone):
    path = tmp_path / "own.toml"
    path.write_text(zone.text, encoding="utf-8")
    assert queries.read_file(path).sha256 == zone.sha256
    path.write_text(zone.text.replace("[playbook]", "[playbook]\nsurprise = 1", 1), encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        queries.read_file(path)
    assert "own.toml" in str(refused.value)
    assert "surprise" in str(refused.value)
    assert (LIBRARY / "datong.toml").exists()


def test_a_gate_asks_what_the_law_of_the_day_says(north):
    door = queries.gate_rule("door", on=TODAY)
    assert door is not None
    assert (door.key, door.fever_from) == ("door", 373)
    assert queries.gate_rule("nowhere", on=TODAY) is None
    assert [each.id for each in queries.list_gate_kinds(on=TODAY)] == ["door", "road", "venue"]
    assert queries.venue_policy(on=TODAY).position_metres == 200


def test_without_a_law_a_gate_has_no_rule(north):
    yesterday = TODAY - timedelta(days=1)
    assert queries.gate_rule("door", on=yesterday) is None
    assert queries.list_gate_kinds(on=yesterday) == ()
    assert queries.venue_policy(on=yesterday).position_metres is None
    assert queries.retention_terms(yesterday) == {}
