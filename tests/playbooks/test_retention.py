"""How long data is kept, as the playbook in force says it."""

from datetime import timedelta

import pytest

from fugong.core.retention.terms import set_term, terms
from fugong.core.tenancy import acting_for
from fugong.playbooks import queries
from fugong.playbooks.rules.loading import load_playbook, load_stored
from tests.playbooks.making import NOW, TODAY, authority, commander, in_force

PASSAGES = "[retention.passages]\n"
LISTS = """[retention.lists]
name = { zh = "导入名单", en = "Lists handed in" }
days = 10
origin = "source"
ref = ["N-1"]

"""


@pytest.fixture
def north(db, zone_text, applicant_facts, settings):
    settings.LANGUAGE_CODE = "en"
    made = authority()
    text = zone_text.replace(PASSAGES, LISTS + PASSAGES)
    with acting_for(made.id):
        in_force(load_playbook(text, facts=applicant_facts), commander(made))
        yield made


def test_term_when_the_playbook_sets_one_then_it_counts_with_its_source(north):
    found = terms(north.id, on=TODAY)["lists"]
    assert (found.days, found.retention.days, found.is_changed) == (10, 30, True)
    assert (found.reason, found.source) == ("Lists handed in", "Test notice N-1 · Source document")


def test_term_when_the_playbook_says_nothing_of_a_class_then_is_what_is_shipped(north):
    found = terms(north.id, on=TODAY)["person"]
    assert (found.days, found.is_changed, found.source) == (found.retention.days, False, "")


def test_term_when_no_playbook_is_in_force_then_is_what_is_shipped(north):
    assert terms(north.id, on=TODAY - timedelta(days=1))["lists"].days == 30


def test_term_when_the_authority_has_its_own_word_then_that_counts(north):
    actor = commander(north, "retention.set")
    set_term("lists", 5, reason="less is enough", actor=actor, now=NOW)
    found = terms(north.id, on=TODAY)["lists"]
    assert (found.days, found.reason) == (5, "less is enough")
    set_term("lists", None, reason="as the playbook says", actor=actor, now=NOW)
    assert terms(north.id, on=TODAY)["lists"].days == 10


def test_term_when_the_law_of_another_authority_sets_it_then_is_not_ours(north):
    with acting_for(authority("south").id):
        assert queries.retention_terms(TODAY) == {}


def test_terms_when_the_program_no_longer_knows_a_class_then_it_is_left_out(north, zone_text):
    later = TODAY + timedelta(days=1)
    text = zone_text.replace(PASSAGES, "[retention.gone]\n").replace('version = "1.2"', 'version = "2"', 1)
    in_force(load_stored(text, "zone.toml"), commander(north), days=1)
    assert queries.retention_terms(TODAY) != {}
    assert queries.retention_terms(later) == {}
