from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fugong.core.ids import new_id
from fugong.passage.rules.guests import (
    FARTHEST_AHEAD,
    LONGEST_PASS,
    LONGEST_VISIT,
    PassData,
    VisitData,
    problems_of_pass,
    problems_of_visit,
)
from fugong.passage.rules.links import VisitLink

NOW = datetime(2022, 4, 27, 2, tzinfo=UTC)
SOON, MOMENT = NOW + timedelta(hours=1), timedelta(microseconds=1)
VISIT = {
    "name": "周明",
    "host": "李伟",
    "purpose": "设备检修",
    "starts_at": SOON,
    "ends_at": SOON + LONGEST_VISIT,
}
PASS = {"plate": "皖D12345", "purpose": "运输", "starts_at": SOON, "ends_at": SOON + LONGEST_PASS}
AHEAD = NOW + FARTHEST_AHEAD


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"starts_at": NOW - timedelta(days=1), "ends_at": SOON}, []),
        ({"starts_at": AHEAD, "ends_at": AHEAD + MOMENT}, []),
        ({"plate": "皖DD12345"}, []),
        ({"name": ""}, ["name"]),
        ({"name": "名" * 61}, ["name"]),
        ({"host": ""}, ["host"]),
        ({"host": "名" * 61}, ["host"]),
        ({"purpose": ""}, ["purpose"]),
        ({"purpose": "事" * 201}, ["purpose"]),
        ({"plate": "皖D1"}, ["plate"]),
        ({"ends_at": SOON}, ["ends_at"]),
        ({"starts_at": NOW - timedelta(days=1), "ends_at": NOW}, ["ends_at"]),
        ({"ends_at": SOON + LONGEST_VISIT + MOMENT}, ["ends_at"]),
        ({"starts_at": AHEAD + MOMENT, "ends_at": AHEAD + timedelta(days=1)}, ["starts_at"]),
        ({"name": "", "host": "", "purpose": "", "ends_at": SOON}, ["ends_at", "host", "name", "purpose"]),
    ],
)
def test_problems_of_visit_are_told_at_their_fields(changes, fields):
    data = VisitData(**VISIT | changes)
    assert sorted(problems_of_visit(data, now=NOW)) == fields


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"plate": ""}, ["plate"]),
        ({"plate": "皖D1234O"}, ["plate"]),
        ({"driver_name": "名" * 61}, ["driver_name"]),
        ({"passengers": ("赵一", "钱二")}, []),
        ({"passengers": ("名" * 61,)}, ["passengers"]),
        ({"passengers": ("赵一",) * 61}, ["passengers"]),
        ({"purpose": ""}, ["purpose"]),
        ({"ends_at": SOON + LONGEST_PASS + MOMENT}, ["ends_at"]),
    ],
)
def test_problems_of_pass_are_told_at_their_fields(changes, fields):
    assert sorted(problems_of_pass(PassData(**PASS | changes), now=NOW)) == fields


def test_tidied_when_typed_with_spaces_is_without_them():
    data = VisitData(**VISIT | {"name": " 周 明 ", "plate": "皖d·12345", "document": " 1 "}).tidied()
    assert (data.name, data.plate, data.document) == ("周 明", "皖D12345", "1")
    tidied = PassData(**PASS | {"plate": "皖Ｄ-12345", "passengers": (" 赵  一 ", "", "钱二")}).tidied()
    assert (tidied.plate, tidied.passengers) == ("皖D12345", ("赵 一", "钱二"))


def test_link_when_read_with_its_key_is_the_same():
    link = VisitLink(new_id(), new_id())
    text = link.text(b"key")
    assert len(text) == 64
    assert VisitLink.parse(text, b"key") == link


def test_link_when_changed_anywhere_or_of_another_key_is_none():
    text = VisitLink(new_id(), new_id()).text(b"key")
    assert VisitLink.parse(text, b"other") is None
    for place in range(len(text)):
        other = "A" if text[place] != "A" else "B"
        assert VisitLink.parse(text[:place] + other + text[place + 1 :], b"key") is None
    for wrong in ("", text[:-1], text + "AAAA", text[:-4], "!" * 64, "中" * 64):
        assert VisitLink.parse(wrong, b"key") is None
