from __future__ import annotations

import pytest

from fugong.passage.rules.gates import GateData, problems_of, tidied

KNOWN = {"factory_door": "厂门"}


def test_tidied_when_typed_with_spaces_is_without_them():
    data = tidied(GateData(name="  东  门 ", place=" 路口 ", kind_of_rules=" factory_door "))
    assert data == GateData(name="东 门", place="路口", kind_of_rules="factory_door")


def test_problems_of_a_gate_that_can_be_are_none():
    data = GateData(name="东门", kind_of_rules="factory_door", latitude=-90, longitude=180)
    assert problems_of(data, kinds_of_rules=KNOWN) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "门" * 61}, "name"),
        ({"place": "路" * 201}, "place"),
        ({"kind_of_rules": "moon"}, "kind_of_rules"),
        ({"latitude": 30.0}, "longitude"),
        ({"longitude": 120.0}, "latitude"),
        ({"latitude": 90.1, "longitude": 0.0}, "latitude"),
        ({"latitude": 0.0, "longitude": -180.1}, "longitude"),
        ({"latitude": float("nan"), "longitude": 0.0}, "latitude"),
    ],
)
def test_problems_of_a_gate_that_cannot_be_are_told_at_the_field(changes, field):
    data = GateData(**{"name": "东门", **changes})
    assert list(problems_of(data, kinds_of_rules=KNOWN)) == [field]
