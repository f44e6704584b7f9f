"""The made scenario, as one that is read from data files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from fugong.scenarios.making.crowd import by_list, made_hubei, made_people
from fugong.scenarios.making.firms import ROWS, made_firms, made_others
from fugong.scenarios.making.offices import KEEPER, made_assignments, made_users
from fugong.scenarios.making.plan import planned
from fugong.scenarios.making.roads import made_crossings
from fugong.scenarios.making.story import made_acts
from fugong.scenarios.reading import Act, LedgerLine, Scenario, bulletin_acts


def made_scenario(head: Mapping[str, Any], *, part: int = 1) -> Scenario:
    plan = planned(head, part=part)
    firms = made_firms(plan)
    enterprises, others = [firm.row for firm in firms], made_others(plan)
    sites = [row for row in others if row["kind"] == "construction_site"]
    people = made_people(plan, firms)
    ledgers = {at.isoformat(): rows for at, rows in by_list(plan, people)}
    ledgers[plan.made["lists"]["hubei_at"].isoformat()] = made_hubei(plan, firms)
    acts = [*made_acts(plan, firms), *made_crossings(plan), *_lists(ledgers), *bulletin_acts(head)]
    return Scenario(
        id=head["id"],
        head=head,
        users=made_users(plan, [*enterprises, *sites]),
        enterprises=[*enterprises, *others],
        assignments=made_assignments(plan, enterprises, sites),
        acts=sorted(acts, key=lambda act: act.at),
        ledgers=ledgers,
    )


def _lists(ledgers: Mapping[str, list[LedgerLine]]) -> Iterator[Act]:

    for at in ledgers:
        yield Act(datetime.fromisoformat(at), KEEPER, "hand_in", "", {"ledger": at}, f"{ROWS}:{at}")
