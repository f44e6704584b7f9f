"""Who works in the case: the committee, leaders, patrols, grid teams, and a contact for each applicant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fugong.scenarios.making.firms import ROWS
from fugong.scenarios.making.plan import Plan
from fugong.scenarios.reading import Row

PATROLS = 14
"""As many as the report says (C-09), with one account each."""

GRIDS = {"industry": 7, "sites": 5, "committees": 6, "rental": 6}
KEEPER = "ledger"


def leader_of(area: str) -> str:
    """Who looks at what lies in a grid: a zone leader, or the grid's team where no leader is linked to it."""
    return f"leader_{area}" if area.startswith(("industry", "sites")) else f"grid_{area}"


def made_users(plan: Plan, applicants: Sequence[Row]) -> list[Row]:
    return [*_committee(plan), *_leaders(plan), *_patrols(plan), *_grids(plan), *_contacts(plan, applicants)]


def made_assignments(plan: Plan, firms: Sequence[Row], sites: Sequence[Row]) -> list[Row]:
    """Leaders by grid; patrol teams by turns, enterprises only."""
    day = plan.made["linked_on"].isoformat()
    leaders = [_assignment("leader", leader_of(row["area"]), row, day) for row in (*firms, *sites)]
    patrols = [
        _assignment("patrol", f"patrol{place % PATROLS + 1:02}", row, day) for place, row in enumerate(firms)
    ]
    return leaders + patrols


def _assignment(kind: str, username: str, row: Row, day: str) -> Row:
    return {
        "kind": kind,
        "username": username,
        "enterprise": row["ref"],
        "starts_on": day,
        "_line": f"{ROWS}:{kind} {row['ref']}",
    }


def _committee(plan: Plan) -> Iterator[Row]:
    words = plan.made["user_words"]
    for username, role in (
        ("commander", "commander"),
        ("committee", "reviewer_headquarters"),
        ("group", "reviewer_department"),
    ):
        yield _user(plan, username, words[username], role, sign_in="yes")
    yield _user(plan, KEEPER, words["keeper"], "reviewer_park", area="heyuan", sign_in="yes")
    for username in ("system", "security", "audit"):
        yield _user(plan, username, words[username], f"{username}_admin", sign_in="yes")


def _leaders(plan: Plan) -> Iterator[Row]:
    """Each holds two roles: linked to plants, and accepting them in the grid."""
    families = plan.made["person_words"]["families"]
    areas = [f"{kind}_{number + 1}" for kind in ("industry", "sites") for number in range(GRIDS[kind])]
    for place, area in enumerate(areas):
        name = plan.made["user_words"]["leader"].format(name=families[place])
        yield _user(plan, leader_of(area), name, "reviewer_park", area=area, sign_in=_first(place))
        yield _user(plan, leader_of(area), name, "area_leader")


def _patrols(plan: Plan) -> Iterator[Row]:
    for place in range(PATROLS):
        name = plan.made["user_words"]["patrol"].format(number=place + 1)
        yield _user(plan, f"patrol{place + 1:02}", name, "instructor", sign_in=_first(place))


def _grids(plan: Plan) -> Iterator[Row]:
    for kind in ("committees", "rental"):
        for number in range(1, GRIDS[kind] + 1):
            name = plan.made["user_words"][kind].format(number=number)
            yield _user(plan, leader_of(f"{kind}_{number}"), name, "reviewer_park", area=f"{kind}_{number}")


def _contacts(plan: Plan, applicants: Sequence[Row]) -> Iterator[Row]:
    words = plan.made["person_words"]
    for place, row in enumerate(applicants):
        name = f"{words['families'][place % 24]}{words['given'][place // 24 % 24]}"
        username, ref = f"firm_{row['ref'].lower()}", row["ref"]
        yield _user(plan, username, name, "enterprise_contact", enterprise=ref, sign_in=_first(place))


def _first(place: int) -> str:
    """One of each role can sign in to the demonstration."""
    return "yes" if place == 0 else ""


def _user(plan: Plan, username: str, name: str, role: str, **more: str) -> Row:
    said = {
        "username": username,
        "name": plan.marked(name),
        "role": role,
        "_line": f"{ROWS}:{username} {role}",
    }
    return {"area": "", "enterprise": "", "sign_in": "", **said, **more}
