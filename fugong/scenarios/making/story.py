"""What happens in the case: applications, acceptance, decision, and the daily report of one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from fugong.core.clock import LOCAL
from fugong.scenarios.making.firms import ROWS, Firm
from fugong.scenarios.making.offices import leader_of
from fugong.scenarios.making.plan import Plan
from fugong.scenarios.reading import Act

DAY = timedelta(days=1)


def made_acts(plan: Plan, firms: Sequence[Firm]) -> Iterator[Act]:
    working = [firm for firm in firms if firm.starts_on is not None]
    tried = len(working) // plan.count("returned_once")
    for place, firm in enumerate(working):
        assert firm.starts_on is not None
        yield from _application(plan, firm, firm.starts_on, place, is_returned=place % tried == tried - 1)
    for place, firm in enumerate(working):
        yield _report(plan, firm, place)
    yield from _census(plan, firms)


def _application(plan: Plan, firm: Firm, starts_on: date, place: int, *, is_returned: bool) -> Iterator[Act]:
    """The head is back three days before the start and applies; work starts with the committee's word."""
    leader, contact = leader_of(firm.row["area"]), f"firm_{firm.ref.lower()}"
    lacking = plan.made["act_words"]["lacking"]
    applied = {"planned_on": starts_on.isoformat(), "planned_staff": str(max(firm.back, 1))}
    yield _act(firm, contact, "submit", _moment(starts_on - 3 * DAY, 9, place), applied)
    if is_returned:
        point = {"step": "acceptance", "note": lacking, "point": "paper:control_plan"}
        yield _act(firm, leader, "return", _moment(starts_on - 2 * DAY, 10, place), point)
        yield _act(firm, contact, "resubmit", _moment(starts_on - 2 * DAY, 15, place), {})
    yield _act(firm, leader, "verify", _moment(starts_on - DAY, 9, place), {"result": "pass"})
    yield _act(firm, leader, "agree", _moment(starts_on - DAY, 16, place), {"step": "acceptance"})
    decided = {"step": "committee"}
    if place % 3 == 0:
        decided["condition"] = plan.made["act_words"]["condition"]
    yield _act(firm, "committee", "approve", _moment(starts_on, 7, place), decided)


def _census(plan: Plan, firms: Sequence[Firm]) -> Iterator[Act]:
    """Each enterprise telephones its people of Hubei origin, all of them within some days."""
    opened_at: datetime = plan.made["census"]["opened_at"]
    yield Act(opened_at, "committee", "open_census", "", {}, f"{ROWS}:census")
    found = _found(plan)
    for place, firm in enumerate(firms):
        if firm.hubei:
            said = ",".join(next(found) for _each in range(firm.hubei))
            at = _moment(opened_at.date() + (1 + place % 6) * DAY, 9 + place % 3, place)
            yield _act(firm, "", "call", at, {"outcome": "reached", "findings": said})


def _found(plan: Plan) -> Iterator[str]:
    """The report does not say whether those who returned and who stayed overlap: they are drawn apart."""
    everybody, chance = range(plan.count("hubei")), plan.chance("census")
    returned = set(chance.sample(everybody, plan.count("hubei_returned")))
    stayed = set(chance.sample(everybody, plan.count("hubei_stayed")))
    for number in everybody:
        findings = [("returned", number in returned), ("stayed", number in stayed)]
        yield "+".join(key for key, is_so in findings if is_so)


def _report(plan: Plan, firm: Firm, place: int) -> Act:
    day: date = plan.made["reported_day"]
    staff = int(firm.back * (0.86 + place % 11 / 100))
    said = {
        "day": day.isoformat(),
        "on_post": str(staff),
        "capacity_percent": str(52 + place * 7 % 45),
        "needs": "",
    }
    return _act(firm, "", "report", _moment(day + DAY, 9, place), said)


def _act(firm: Firm, who: str, what: str, at: datetime, detail: dict[str, str]) -> Act:
    return Act(at, who, what, firm.ref, detail, f"{ROWS}:{firm.ref}")


def _moment(day: date, hour: int, place: int) -> datetime:
    """One after the other: nobody does two things in the same second."""
    return datetime.combine(day, time(hour), tzinfo=LOCAL) + timedelta(seconds=11 * place)
