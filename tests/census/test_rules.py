"""What a campaign must say, what a call does to a case, and how a list of names is read."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fugong.census.choices import CampaignState
from fugong.census.rules import calls
from fugong.census.rules.calls import CallData, Standing
from fugong.census.rules.campaigns import CampaignData, Finding, Outcome, problems_of
from fugong.census.rules.names import Entry, read_names

NOW = datetime(2020, 2, 20, 1, tzinfo=UTC)


FINDINGS = (Finding("traced", "已摸排", "Traced"), Finding("in_zone", "在区", "In the zone"))
REACHED = Outcome("reached", "已联系上", "Reached", closes=True, group="done", sets=("traced",))
SILENT = Outcome("no_answer", "无人接听", "No answer", again_after=1, group="trying")
LATER = Outcome("later", "稍后再拨", "Call again", again_after=0, group="trying")
REFUSED = Outcome("refused", "拒答", "Refused")
OUTCOMES = (REACHED, SILENT, LATER, REFUSED)
PLAIN = CampaignData(
    code="hubei",
    name_zh="湖北籍员工摸排",
    name_en="Staff from Hubei",
    scope='home_province == "420000"',
    starts_on=date(2020, 2, 20),
    ends_on=date(2020, 2, 29),
    outcomes=OUTCOMES,
    findings=FINDINGS,
)


@dataclass
class Entered:
    outcome: str
    at: datetime = NOW
    findings: tuple[str, ...] = ()
    next_call_at: datetime | None = None


def test_campaign_when_all_is_said_then_no_problem():
    assert not problems_of(PLAIN)


def changed(outcome, **changes):
    return tuple(replace(each, **changes) if each is outcome else each for each in OUTCOMES)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"code": "Hubei 1"}, "code", "Small letters"),
        ({"code": "h" * 32}, "code", "at most 31"),
        ({"name_zh": ""}, "name_zh", "Write a name"),
        ({"name_en": "x" * 81}, "name_en", "Write a name"),
        ({"ends_on": date(2020, 2, 19)}, "ends_on", "before it begins"),
        ({"outcomes": (SILENT,)}, "outcomes", "must close"),
        ({"outcomes": (*OUTCOMES, REACHED)}, "outcomes", "there twice"),
        ({"outcomes": changed(REACHED, again_after=1)}, "outcomes", "closes the case and asks"),
        ({"outcomes": changed(SILENT, again_after=31)}, "outcomes", "after 0 to 30 days"),
        ({"outcomes": changed(REACHED, sets=("gone",))}, "outcomes", "“gone”, which is not on the list"),
        ({"outcomes": changed(REFUSED, key="No")}, "outcomes", "“No” is no key"),
        ({"outcomes": changed(REFUSED, en="")}, "outcomes", "in both languages"),
        ({"findings": (*FINDINGS, FINDINGS[0])}, "findings", "there twice"),
        ({"outcomes": (REACHED,) * 21}, "outcomes", "At most 20"),
    ],
)
def test_campaign_when_something_is_wrong_then_says_which_field(changes, field, says):
    found = problems_of(replace(PLAIN, **changes))
    assert set(found) == {field}
    assert says in str(found[field])


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (CallData(outcome="reached"), set()),
        (CallData(outcome="gone"), {"outcome"}),
        (CallData(outcome="reached", findings=("gone",)), {"findings"}),
        (CallData(outcome="later", note="x" * 501), {"note"}),
        (CallData(outcome="later", next_call_at=NOW), {"next_call_at"}),
        (CallData(outcome="later", next_call_at=NOW + timedelta(days=61)), {"next_call_at"}),
        (CallData(outcome="later", next_call_at=NOW + timedelta(hours=1)), set()),
    ],
)
def test_call_when_entered_then_fields_at_fault(data, fields):
    assert set(calls.problems_of(data, OUTCOMES, FINDINGS, now=NOW)) == fields


def test_findings_when_the_outcome_brings_one_then_each_once_in_the_order_of_the_list():
    data = CallData(outcome="reached", findings=("in_zone", "traced"))
    assert calls.findings_with(data, REACHED, FINDINGS) == ("traced", "in_zone")
    assert calls.findings_with(CallData(outcome="refused"), REFUSED, FINDINGS) == ()


@pytest.mark.parametrize(
    ("outcome", "asked", "due"),
    [
        (REACHED, None, None),
        (REACHED, NOW + timedelta(days=2), None),
        (SILENT, None, NOW + timedelta(days=1)),
        (SILENT, NOW + timedelta(hours=3), NOW + timedelta(hours=3)),
        (LATER, None, NOW + timedelta(hours=2)),
        (REFUSED, None, None),
        (REFUSED, NOW + timedelta(days=2), NOW + timedelta(days=2)),
    ],
)
def test_next_call_when_entered_then_due(outcome, asked, due):
    assert calls.next_call(CallData(outcome=outcome.key, next_call_at=asked), outcome, now=NOW) == due


def test_standing_when_nobody_called_then_untried():
    assert calls.standing_after([], {}) == Standing()


def test_standing_when_called_then_the_latest_call_says():
    by_key = {outcome.key: outcome for outcome in OUTCOMES}
    first = Entered("no_answer", next_call_at=NOW + timedelta(days=1))
    last = Entered("reached", at=NOW + timedelta(days=1), findings=("traced",))
    assert calls.standing_after([first], by_key) == Standing(
        "no_answer", (), False, NOW, NOW + timedelta(days=1), 1
    )
    found = calls.standing_after([first, last], by_key)
    assert (found.outcome, found.closes, found.tries, found.findings) == ("reached", True, 2, ("traced",))


def test_summed_when_counted_then_by_group_and_nothing_of_those_without():
    counted = {"reached": 5, "no_answer": 2, "later": 1, "refused": 9}
    assert calls.summed(OUTCOMES, counted) == {"done": 5, "trying": 3}


@pytest.mark.parametrize(
    ("held_by", "until", "free"),
    [
        (None, None, True),
        ("me", NOW + timedelta(minutes=1), True),
        ("other", NOW + timedelta(minutes=1), False),
        ("other", NOW, True),
    ],
)
def test_is_free_when_held_then_only_for_its_holder_until_then(held_by, until, free):
    assert calls.is_free(held_by, until, for_user="me", now=NOW) is free


@pytest.mark.parametrize("state", CampaignState)
@pytest.mark.parametrize("to", CampaignState)
def test_may_move_when_asked_then_only_along_the_law(state, to):
    allowed = {("draft", "open"), ("open", "closed"), ("closed", "open")}
    assert calls.may_move(state, to) is ((state.value, to.value) in allowed)


@pytest.mark.parametrize(
    "line",
    ["李伟,13800000001", "李伟，13800000001", "李伟\t13800000001", "李伟 13800000001", "李伟；138 0000 0001"],
)
def test_read_names_when_written_as_people_write_then_read(line):
    (entry,), faults = read_names(f"\n{line}\n\n")
    assert (entry.name, entry.phone.replace(" ", "")) == ("李伟", "13800000001")
    assert not faults


def test_read_names_when_the_same_number_is_there_twice_then_once():
    entries, _faults = read_names("李伟,138-0000-0001\n李伟,13800000001")
    assert entries == [Entry("李伟", "138-0000-0001")]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("李伟,13800000001\n王芳", 2, "the name, a comma"),
        ("李伟,没有", 1, "is not a telephone number"),
        ("李" * 61 + ",13800000001", 1, "longer than 60"),
    ],
)
def test_read_names_when_a_line_is_wrong_then_says_which(text, line, says):
    _entries, (fault,) = read_names(text)
    assert fault.line == line
    assert says in str(fault.sentence)


def test_read_names_when_there_are_too_many_then_says_so():
    text = "\n".join(f"甲,138{number:08}" for number in range(2001))
    _entries, (fault,) = read_names(text)
    assert "At most 2000" in str(fault.sentence)
