"""The register of the case: enterprises, construction sites, traders, schools and hotels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from stdnum.cn import uscc

from fugong.scenarios.making.plan import Plan, shared_out
from fugong.scenarios.reading import Row

ENTERPRISE = "enterprise"
OTHERS = ("construction_site", "trader", "school", "hotel")
LETTERS = {ENTERPRISE: "E", "construction_site": "S", "trader": "T", "school": "H", "hotel": "L"}
SECTIONS = {"construction_site": "E", "trader": "F", "school": "P", "hotel": "H"}
STAFF = {"construction_site": (30, 160), "trader": (1, 4), "school": (40, 90), "hotel": (10, 40)}
ROWS = "made"


@dataclass(frozen=True, slots=True)
class Firm:
    """One enterprise: its row of the register, how many staff come back from which day, and how many of its
    staff are of Hubei origin. `starts_on` is None for one that has not resumed.
    """

    row: Row
    starts_on: date | None
    back: int
    hubei: int

    @property
    def ref(self) -> str:
        return self.row["ref"]


def made_firms(plan: Plan) -> list[Firm]:
    """Enterprises proper, those that resume first; above designated size come before below."""
    chance = plan.chance("firms")
    sizes = _sizes(plan)
    weights = [_weight(size, chance.random()) for size in sizes]
    resumed = range(plan.count("resumed"))
    back = dict(
        zip(resumed, shared_out(plan.count("staff_back"), [weights[p] for p in resumed]), strict=True)
    )
    hubei = shared_out(plan.count("hubei"), weights)
    days = dict(zip(resumed, _days(plan, len(resumed)), strict=True))
    firms = []
    for place, size in enumerate(sizes):
        staff = _normal_staff(back.get(place), hubei[place], weights[place], chance.uniform(0.02, 0.2))
        row = _row(plan, ENTERPRISE, place + 1, size, staff)
        firms.append(Firm(row, days.get(place), back.get(place, 0), hubei[place]))
    return firms


def made_others(plan: Plan) -> list[Row]:
    """Whatever else was screened."""
    chance, rows = plan.chance("others"), []
    for kind in OTHERS:
        for number in range(1, plan.count(kind) + 1):
            rows.append(_row(plan, kind, number, "below", chance.randint(*STAFF[kind])))
    return rows


def _sizes(plan: Plan) -> list[str]:
    """Both sizes by turns, among the first as among the last; those that do not resume come last."""
    above, above_resumed = plan.count("above"), plan.count("above_resumed")
    total, resumed = plan.count("enterprises"), plan.count("resumed")
    first = _mixed(above_resumed, resumed)
    last = _mixed(min(above, total) - above_resumed, total - resumed)
    return ["above" if is_above else "below" for is_above in first + last]


def _mixed(chosen: int, total: int) -> list[bool]:
    """`chosen` of `total` places, evenly, from the first on."""
    return [(place * chosen) % total < chosen for place in range(total)] if total else []


def _weight(size: str, chance: float) -> float:
    return 160 + 220 * chance if size == "above" else 30 + 90 * chance


def _normal_staff(back: int | None, hubei: int, weight: float, away: float) -> int:
    """Those who came back, those of Hubei origin who may not, and some who are still away."""
    here = int(weight) if back is None else back
    return int(here * (1 + away)) + hubei + 1


def _days(plan: Plan, total: int) -> Iterator[date]:
    """Essential makers first, then wave by wave."""
    essential, waves = plan.count("essential"), plan.made["waves"]
    first_days = plan.made["essential"]["days"]
    for place in range(essential):
        yield first_days[place % len(first_days)]
    shares = shared_out(total - essential, [wave["share"] for wave in waves])
    for wave, share in zip(waves, shares, strict=True):
        yield from (wave["day"] for _each in range(share))


def _row(plan: Plan, kind: str, number: int, size: str, staff: int) -> Row:
    grid, grids = plan.made["grids"][kind]
    ref = f"{LETTERS[kind]}{number:03}"
    named = plan.made["named"]
    is_named = kind == ENTERPRISE and number <= min(len(named), plan.count("essential"))
    return {
        "ref": ref,
        "name": named[number - 1]["name"] if is_named else plan.marked(_name(plan, kind, number)),
        "credit_code": _code(plan, kind, number),
        "kind": kind,
        "size_class": size,
        "industry": SECTIONS.get(kind, "C"),
        "area": f"{grid}_{(number - 1) % grids + 1}",
        "normal_staff": str(staff),
        "tags": _tags(plan, kind, number, is_named=is_named),
        "address": plan.made["firm_words"]["address"].format(number=number),
        "_line": f"{ROWS}:{ref}",
    }


def _tags(plan: Plan, kind: str, number: int, *, is_named: bool) -> str:
    if kind != ENTERPRISE or number > plan.count("essential"):
        return "daily_life" if kind == "trader" and number % 4 == 0 else ""
    return (
        plan.made["named"][number - 1]["tags"]
        if is_named
        else ("epidemic_essential", "daily_life")[number % 2]
    )


def _name(plan: Plan, kind: str, number: int) -> str:
    words: dict[str, Any] = plan.made["firm_words"]
    if kind != ENTERPRISE:
        return str(words[kind]).format(number=number)
    first, second, trades = words["first"], words["second"], words["trades"]
    made = number - 1
    parts = (first[made % 15], second[made // 15 % 10], trades[(made // 150 + made) % 10])
    return f"{words['place']}{''.join(parts)}{words['ending']}"


def _code(plan: Plan, kind: str, number: int) -> str:
    """Right in form and check character, in a county that was never given out."""
    body = f"91{plan.made['county']}MA8{LETTERS[kind].replace('S', 'C')}{number:04}X"
    return body + str(uscc.calc_check_digit(body))
