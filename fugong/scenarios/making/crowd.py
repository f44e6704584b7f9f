"""The people of the case: those who came back, from where and on which day, and those of Hubei origin."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from stdnum.cn import ric

from fugong.scenarios.making.firms import Firm
from fugong.scenarios.making.plan import Plan
from fugong.scenarios.reading import LedgerLine

FIRST_BORN = date(1962, 1, 1)
BIRTHDAYS = 14_000
STRIDE = 37
"""Has no factor in common with the birthdays, so that each comes once before any comes again."""


def made_people(plan: Plan, firms: Sequence[Firm]) -> list[LedgerLine]:
    """Everybody who came back, in the order of the days."""
    chance = plan.chance("people")
    places = [firm for firm in firms for _each in range(firm.back)]
    homes = _homes(plan, chance)
    days = _days(plan, places, homes, chance)
    made = [
        _person(plan, number, firm, home, day, chance)
        for number, (firm, home, day) in enumerate(zip(places, homes, days, strict=True))
    ]
    return sorted(made, key=lambda person: person.starts_on)


def made_hubei(plan: Plan, firms: Sequence[Firm]) -> list[LedgerLine]:
    """Staff of Hubei origin, at resumed enterprises and at others; none of them is back."""
    chance = plan.chance("hubei")
    places = [firm for firm in firms for _each in range(firm.hubei)]
    homes = _drawn(plan, "hubei", len(places), chance)
    expected: date = plan.made["lists"]["hubei_expected_on"]
    first = plan.count("staff_back")
    return [
        _person(plan, first + number, firm, home, expected, chance)
        for number, (firm, home) in enumerate(zip(places, homes, strict=True))
    ]


def _homes(plan: Plan, chance: random.Random) -> list[str]:
    """As many of each origin as the report says, in any order."""
    back, local, elsewhere = (
        plan.count(name) for name in ("staff_back", "staff_local", "staff_other_provinces")
    )
    homes = [
        *_drawn(plan, "local", local, chance),
        *_drawn(plan, "other_provinces", elsewhere, chance),
        *_drawn(plan, "province", back - local - elsewhere, chance),
    ]
    chance.shuffle(homes)
    return homes


def _drawn(plan: Plan, origin: str, number: int, chance: random.Random) -> list[str]:
    weights: Mapping[str, int] = plan.made["homes"][origin]
    return chance.choices(list(weights), list(weights.values()), k=number)


def _days(plan: Plan, places: Sequence[Firm], homes: Sequence[str], chance: random.Random) -> list[date]:
    """From the day the enterprise starts, most of them soon; some of the local ones by coach instead."""
    coaches: list[date] = plan.made["coaches"]["days"]
    last: date = plan.made["lists"]["at"][-1].date()
    days = [_day(firm, last, coaches, chance) for firm in places]
    local = set(plan.made["homes"]["local"])
    riders = [
        number
        for number, firm in enumerate(places)
        if homes[number] in local and firm.starts_on is not None and firm.starts_on < coaches[0]
    ]
    for turn, number in enumerate(chance.sample(riders, plan.count("by_coach"))):
        days[number] = coaches[turn % len(coaches)]
    return days


def _day(firm: Firm, last: date, coaches: Sequence[date], chance: random.Random) -> date:
    assert firm.starts_on is not None
    day = min(firm.starts_on + timedelta(days=int(chance.expovariate(0.25))), last)
    return day if day not in coaches else coaches[-1] + timedelta(days=1)


def _person(plan: Plan, number: int, firm: Firm, home: str, day: date, chance: random.Random) -> LedgerLine:
    words: Mapping[str, Any] = plan.made["person_words"]
    return LedgerLine(
        ref=firm.ref,
        name=plan.marked(chance.choice(words["families"]) + "".join(chance.choices(words["given"], k=2))),
        document=_document(plan, number),
        # No mobile number begins so: these are nobody's, and there are enough of them.
        phone=f"100{number:08}",
        home_region=home,
        lodging=chance.choice(words["lodgings"]),
        starts_on=day,
        post=chance.choice(words["posts"]),
        crew=chance.choice(words["crews"]),
        room=str(100 * chance.randint(1, 6) + chance.randint(1, 30)),
    )


def _document(plan: Plan, number: int) -> str:
    """Right in date and check digit, each once, in a county that was never given out."""
    born = FIRST_BORN + timedelta(days=number * STRIDE % BIRTHDAYS)
    order = 100 * (number // BIRTHDAYS) + number % 97 + 1
    body = f"{plan.made['county']}{born:%Y%m%d}{order:03}"
    return body + str(ric.calc_check_digit(f"{body}0"))


def by_list(plan: Plan, people: Sequence[LedgerLine]) -> Iterator[tuple[Any, list[LedgerLine]]]:
    """Which people stand on which list: those who have come since the one before."""
    before = date.min
    for at in plan.made["lists"]["at"]:
        yield at, [person for person in people if before < person.starts_on <= at.date()]
        before = at.date()
