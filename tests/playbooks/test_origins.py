"""Every value of a playbook says where it comes from."""

import pytest

from fugong.playbooks.choices import Origin
from fugong.playbooks.rules.provenance import source_of


@pytest.mark.parametrize("name", ["datong", "heyuan", "suzhou", "zone"])
def test_origins_when_all_values_are_read_then_none_is_without(name, request):
    playbook = request.getfixturevalue(name)
    values = list(playbook.origins.all_values())
    assert len(values) > 150
    assert [path for path, _, provenance in values if provenance is None] == []
    assert {provenance.origin for *_, provenance in values} == set(Origin)


@pytest.mark.parametrize("name", ["datong", "heyuan", "suzhou", "zone"])
def test_origins_when_a_value_refers_to_a_clause_then_its_document_is_found(name, request):
    playbook = request.getfixturevalue(name)
    for _, _, provenance in playbook.origins.all_values():
        for reference in provenance.ref:
            assert source_of(playbook.policy, reference) is not None
    assert source_of(playbook.policy, "nowhere") is None


def test_origin_when_a_key_says_its_own_then_it_wins_over_the_table(datong):
    origins = datong.origins
    assert origins.of(("clocks", "answer", "working_days")).origin is Origin.NATIONAL_DEFAULT
    assert origins.of(("clocks", "answer", "closes_at")).origin is Origin.LOCAL_CHOICE
    assert origins.of(("clocks", "answer", "escalation", 0, "to")).origin is Origin.LOCAL_CHOICE
    assert origins.of(("routes", "above_size", "mode")).ref == ("E-15",)


def test_origin_when_a_table_inside_says_nothing_then_it_inherits(datong):
    inside = datong.origins.of(("routes", "above_size", "steps", "headquarters", "level"))
    assert (inside.origin, inside.ref) == (Origin.NATIONAL_DEFAULT, ("ZH-1", "zhenhai_program", "SC-1-2"))
    assert datong.origins.of(("nothing",)) is None
