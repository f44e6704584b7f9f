"""Lists of staff as files, good and bad, as people hand them in."""

from __future__ import annotations

from typing import Any

from tests.enterprises import lists
from tests.people import making

HEADINGS = (
    *("姓名", "证件类型", "证件号码", "手机", "籍贯", "现住址", "岗位", "班次", "班组", "宿舍", "到岗日期"),
)


def row(order: int, **changes: Any) -> list[Any]:
    """One row under HEADINGS; the same order is the same person."""
    said = {
        "name": f"王{chr(0x4E00 + order)}",
        "kind": "身份证",
        "document": making.resident_id(order, born="19880808"),
        "phone": f"139000{order:05}",
        "home": "湖北黄冈",
        "lodging": "宿舍一号楼",
        "post": "缝纫",
        "shift": "白班",
        "crew": "甲班",
        "room": "101",
        "starts": "2022-04-01",
    }
    return list((said | changes).values())


def rows(number: int, *, start: int = 1) -> list[list[Any]]:
    return [list(HEADINGS), *(row(each) for each in range(start, start + number))]


def for_many(lines: list[list[Any]], places: list[str]) -> list[list[Any]]:
    """The same with a column that names the enterprise of each row."""
    return [[*lines[0], "企业"], *([*line, place] for line, place in zip(lines[1:], places, strict=True))]


def upload(lines: list[list[Any]], name: str = "花名册.xlsx") -> Any:
    return lists.upload(lists.as_xlsx(lines), name)
