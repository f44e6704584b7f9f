"""A folder of playbooks: versions follow each other and never overlap."""

from pathlib import Path

import pytest

from fugong.playbooks.rules.errors import PlaybookInvalid
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.library import library

SECOND = (
    ('version = "1.2"', 'version = "2"'),
    ("effective_from = 2020-01-25", "effective_from = 2020-07-01"),
    ("effective_to = 2020-06-30", "effective_to = 2020-12-31"),
    ("on = 2020-02-03\nfacts", "on = 2020-08-03\nfacts"),
    ('expect = { refused = "not-before", clause = "N-3" }', 'expect = { refused = "route-closed" }'),
    (
        "on = 2020-02-03\nsubmitted_at = 2020-02-03T09:00:00+08:00",
        "on = 2020-08-03\nsubmitted_at = 2020-08-03T09:00:00+08:00",
    ),
    ("due = 2020-02-06T00:00:00+08:00", "due = 2020-08-06T00:00:00+08:00"),
)


@pytest.fixture
def folder(tmp_path, zone_text):
    (tmp_path / "zone-1.toml").write_text(zone_text)
    for old, new in SECOND:
        assert zone_text.count(old) == 1
        zone_text = zone_text.replace(old, new)
    (tmp_path / "zone-2.toml").write_text(zone_text)
    return tmp_path


def change(folder, old: str, new: str) -> None:
    file = folder / "zone-2.toml"
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def test_library_when_versions_follow_each_other_then_loads_them_in_order(folder, applicant_facts):
    assert [each.version for each in library(folder, facts=applicant_facts)] == ["1.2", "2"]


def only_error(folder: Path, facts: FactSchema) -> tuple[str, str, int, str]:
    with pytest.raises(PlaybookInvalid) as refused:
        library(folder, facts=facts)
    (error,) = refused.value.errors
    return error.file, error.key, error.line, error.message


def test_library_when_versions_share_a_day_then_names_the_later_file(folder, applicant_facts):
    change(folder, "effective_from = 2020-07-01", "effective_from = 2020-06-30")
    error = only_error(folder, applicant_facts)
    assert error == ("zone-2.toml", "playbook.effective_from", 8, "overlaps version 1.2 in zone-1.toml")


def test_library_when_two_files_have_one_version_then_names_both(folder, applicant_facts):
    change(folder, 'version = "2"', 'version = "1.2"')
    error = only_error(folder, applicant_facts)
    assert error == ("zone-2.toml", "playbook.version", 5, "version 1.2 is already in zone-1.toml")


def test_library_when_other_playbooks_share_the_days_then_loads_both(folder, applicant_facts):
    change(folder, 'id = "zone"', 'id = "other"')
    change(folder, "effective_from = 2020-07-01", "effective_from = 2020-01-25")
    assert [each.id for each in library(folder, facts=applicant_facts)] == ["other", "zone"]


def test_library_when_several_files_are_wrong_then_tells_of_all(folder, applicant_facts):
    change(folder, "rank = 2", "rank = 1")
    (folder / "broken.toml").write_text("x =")
    with pytest.raises(PlaybookInvalid) as refused:
        library(folder, facts=applicant_facts)
    assert {error.file for error in refused.value.errors} == {"broken.toml", "zone-2.toml"}
