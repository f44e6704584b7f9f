"""Finding enterprises, as the application's role under row-level security."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, connections

from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.names import name_key, pinyin
from fugong.core.sealed import fill_hashes
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations, queries
from fugong.enterprises.models import Enterprise, Standing
from fugong.enterprises.operations.grams import add_grams
from tests.enterprises import lists, making
from tests.enterprises.making import NOW

INDEXED = {"Index Only Scan", "Index Scan", "Bitmap Heap Scan"}
NAMES = {
    "lesen": "淮南市樂森黑馬樂器有限公司",
    "fuhua": "淮南市富华服饰有限公司",
    "jixiang": "𠮷祥·大通制衣厂",
    "abc": "ABC（大通）电子有限公司",
    "xian": "西安先锋机械有限公司",
}


@pytest.fixture
def ann(north: Authority) -> Iterator[Actor]:
    with acting_for(north.id):
        yield making.person(north)


@pytest.fixture
def known(ann: Actor, park_a: Area) -> dict[str, Enterprise]:
    return {key: making.registered(park_a, name=name) for key, name in NAMES.items()}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("乐森", ["lesen"]),
        ("樂森", ["lesen"]),
        ("森黑马乐", ["lesen"]),
        ("淮南", ["fuhua", "lesen"]),
        ("淮南 服饰", ["fuhua"]),
        ("淮南市富华服饰有限公司", ["fuhua"]),
        ("服", ["fuhua"]),
        ("厂", ["jixiang"]),
        ("𠮷", ["jixiang"]),
        ("𠮷祥", ["jixiang"]),
        ("祥·大", ["jixiang"]),
        ("·", ["jixiang"]),
        ("大通", ["abc", "jixiang"]),
        ("（大通）", ["abc"]),
        ("ＡＢＣ", ["abc"]),
        ("lesen", ["lesen"]),
        ("LeSenHeiMa", ["lesen"]),
        ("lese", ["lesen"]),
        ("lshm", ["lesen"]),
        ("fh", ["fuhua"]),
        ("xi'an", ["xian"]),
        ("xianxianfeng", ["xian"]),
        ("huainan fs", ["fuhua"]),
        ("enhei", []),
        ("没有的", []),
        ("%", []),
        ("_", []),
        ("' or 1=1 --", []),
    ],
)
def test_search_when_asked_finds(
    ann: Actor, known: dict[str, Enterprise], asked: str, found: list[str]
) -> None:
    keys = {enterprise.id: key for key, enterprise in known.items()}
    assert sorted(keys[each.id] for each in queries.search(ann, asked)) == found


def test_search_by_code_finds_by_all_of_it_or_a_part(ann: Actor, park_a: Area) -> None:
    first = making.registered(park_a, credit_code=making.credit_code(7_000_001))
    second = making.registered(park_a, credit_code=making.credit_code(7_000_002))
    assert queries.search(ann, first.credit_code) == [first]
    assert queries.search(ann, first.credit_code.lower()) == [first]
    assert queries.search(ann, second.credit_code[-4:]) == [second]
    assert len(queries.search(ann, "91340402MA7")) == 2


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("13800138000", "138 0013 8000"),
        ("+86 138-0013-8000", "13800138000"),
        ("(0554) 2345678", "0554-2345678"),
        ("2345678", "２３４５６７８"),
    ],
)
def test_search_by_telephone_finds_the_whole_number_however_spelt(
    ann: Actor, park_a: Area, kept: str, asked: str
) -> None:
    made = making.registered(park_a, contact_phone=kept)
    making.registered(park_a, contact_phone="13900139000")
    assert queries.search(ann, asked) == [made]
    assert queries.search(ann, asked[:-1]) == []
    operations.update(made.id, replace(queries.data_of(made), contact_phone="7654321"), actor=ann, now=NOW)
    assert queries.search(ann, asked) == []
    assert queries.search(ann, "7654321") == [made]


def test_search_by_telephone_sees_only_what_the_person_sees(
    north: Authority, south: Authority, park_a: Area, park_b: Area, ann: Actor
) -> None:
    made = making.registered(park_a, contact_phone="13800138000")
    of_park_b = making.person(north, areas=frozenset({park_b.id}))
    assert queries.search(of_park_b, "13800138000") == []
    assert queries.search(ann, "13800138000") == [made]
    with acting_for(south.id):
        assert queries.search(making.person(south), "13800138000") == []


def test_search_by_telephone_where_none_was_ever_kept_makes_no_key(ann: Actor, park_a: Area) -> None:
    """Pages that read may not write."""
    making.registered(park_a)
    assert queries.search(ann, "13800138000") == []
    assert not DataKey.objects.exists()


def test_search_by_telephone_finds_imported_ones_and_those_from_before_the_hash(
    ann: Actor, park_a: Area
) -> None:
    lines = [
        list(lists.HEADINGS),
        lists.row(1, phone="13800138001"),
        lists.row(2, phone="13800138002"),
        lists.row(3, phone=""),
    ]
    for last in ("2", "9"):
        lines[2][9] = f"1380013800{last}"
        upload = lists.upload(lists.as_xlsx(lines))
        batch = operations.start_import(upload, actor=ann, now=NOW)
        operations.confirm_import(batch.id, actor=ann, now=NOW)
        found = queries.search(ann, f"1380013800{last}")
        assert [each.credit_code for each in found] == [making.credit_code(2)]
    assert queries.search(ann, "13800138002") == []
    Enterprise.objects.update(contact_phone_hash=None)
    assert queries.search(ann, "13800138001") == []
    changed = dict(Enterprise.objects.values_list("id", "changed_at"))
    assert fill_hashes(ann.authority_id, limit=1) == 2
    assert fill_hashes(ann.authority_id) == 0
    assert [each.credit_code for each in queries.search(ann, "13800138001")] == [making.credit_code(1)]
    assert dict(Enterprise.objects.values_list("id", "changed_at")) == changed


def test_search_of_nothing_finds_nothing_and_matching_keeps_all(
    ann: Actor, known: dict[str, Enterprise]
) -> None:
    assert queries.search(ann, "  ") == []
    assert queries.matching(queries.list_enterprises(ann), " ").count() == len(known)


def test_search_puts_names_that_start_so_first(ann: Actor, park_a: Area) -> None:
    inside = making.registered(park_a, name="淮南大通厂")
    start = making.registered(park_a, name="大通机械制造有限公司")
    assert queries.search(ann, "大通") == [start, inside]


def test_search_sees_only_what_the_person_sees(
    north: Authority, known: dict[str, Enterprise], park_b: Area
) -> None:
    of_park_b = making.person(north, areas=frozenset({park_b.id}))
    assert queries.search(of_park_b, "淮南") == []
    contact = making.person(north, enterprises=frozenset({known["fuhua"].id}))
    assert queries.search(contact, "淮南") == [known["fuhua"]]


def test_search_of_another_authority_finds_nothing(known: dict[str, Enterprise], south: Authority) -> None:
    with acting_for(south.id):
        assert queries.search(making.person(south), "淮南") == []


def many(area: Area, number: int) -> None:
    """Enterprises as an import would leave them, without the rest that hangs on each."""
    rows = []
    for place in range(number):
        first, second = "甲乙丙丁戊己庚辛壬癸"[place % 10], "东南西北中"[place // 10 % 5]
        name = f"{first}{second}{chr(0x4E00 + place)}制造有限公司"
        syllables, initials = pinyin(name)
        rows.append(
            Enterprise(
                authority_id=area.authority_id,
                area=area,
                name=name,
                name_key=name_key(name),
                name_pinyin=syllables,
                name_initials=initials,
                credit_code=making.credit_code(place + 1, region="340403"),
                size_class="below",
                industry="C",
                normal_staff=10,
                entered_on=making.ENTERED,
                recorded_at=NOW,
                changed_at=NOW,
            )
        )
    Enterprise.objects.bulk_create(rows)
    Standing.objects.bulk_create(
        Standing(authority_id=row.authority_id, enterprise=row, since=NOW) for row in rows
    )
    add_grams(area.authority_id, [row.id for row in rows])


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


@pytest.fixture
def crowded(committed_db: str) -> Iterator[Actor]:
    """A person of an authority with thousands of enterprises, whose statistics the planner knows."""
    north = making.authority()
    with acting_for(north.id):
        park = making.park(north)
        for name in NAMES.values():
            making.registered(park, name=name)
        many(park, 3_000)
        with connections["owner"].cursor() as cursor:
            cursor.execute("analyze enterprises_enterprise, enterprises_namegram, enterprises_standing")
        yield making.person(north)


def reads_whole_table(node: dict[str, Any]) -> bool:
    return node["Node Type"] == "Seq Scan" and str(node["Relation Name"]).startswith("enterprises_")


@pytest.mark.committed
def test_search_among_thousands_reads_indexes_as_the_application(crowded: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("fugong_app",)
    for asked, expected in (
        ("乐森", 1),
        ("淮南市富华服饰有限公司", 1),
        ("森", 1),
        ("甲东", 60),
        ("丁东龥", 0),
    ):
        found = queries.matching(queries.list_enterprises(crowded), asked)
        assert found.count() == expected, asked
        plan = json.loads(found.explain(format="json"))[0]["Plan"]
        read = [node for node in nodes(plan) if node.get("Relation Name") == "enterprises_namegram"]
        assert read, plan
        assert {node["Node Type"] for node in read} <= INDEXED, plan
        # For 60 of 3,000 rows, reading the register through once is no worse than 60 look-ups.
        assert expected == 60 or not any(map(reads_whole_table, nodes(plan))), (asked, found.explain())
