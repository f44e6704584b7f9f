"""Visits, signatures, plans, paper formats, proposals."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest

from fugong.core.refusals import Conflict, Invalid
from fugong.enterprises.choices import StandingState
from fugong.playbooks.choices import FileFormat
from fugong.resumption.choices import CheckResult, Purpose, SignatureKind
from fugong.resumption.rules.certificates import may_be_renewed
from fugong.resumption.rules.formats import check_format
from fugong.resumption.rules.planning import Plan, check_not_before, check_plan, check_purpose
from fugong.resumption.rules.signatures import DRAWN_MOST_BYTES, read_signature
from fugong.resumption.rules.suspending import LONGEST, check_proposal
from fugong.resumption.rules.verification import Finding, WantedCheck, check_complete, outcome

TODAY = date(2022, 4, 7)
CHECKS = [
    WantedCheck("ten", "Ten", needs_photo=True),
    WantedCheck("safety", "Safety", is_veto=True),
    WantedCheck("people", "People", is_count=True),
    WantedCheck("beds", "Beds", is_count=True, minimum=2),
]
PASS = Finding(CheckResult.PASS, has_photo=True)
ALL = {"ten": PASS, "safety": PASS, "people": Finding(count=0), "beds": Finding(count=2)}
PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\nrest").decode()


def test_visit_when_everything_is_said_then_complete_and_passed():
    check_complete(CHECKS, ALL)
    seen = outcome(CHECKS, ALL)
    assert (seen.passed, seen.failed, seen.vetoed_by) == (True, (), ())


@pytest.mark.parametrize(
    ("key", "finding"),
    [
        ("ten", Finding()),
        ("ten", Finding(CheckResult.PASS)),
        ("ten", Finding(CheckResult.FAIL, has_photo=True)),
        ("ten", Finding(CheckResult.FAIL, note=" ", has_photo=True)),
        ("people", Finding()),
        ("people", Finding(count=-1)),
    ],
)
def test_visit_when_a_check_is_not_finished_then_it_is_named(key, finding):
    with pytest.raises(Invalid) as refusal:
        check_complete(CHECKS, {**ALL, key: finding})
    assert set(refusal.value.fields) == {key}


def test_visit_when_nothing_is_said_then_every_check_is_named():
    with pytest.raises(Invalid) as refusal:
        check_complete(CHECKS, {})
    assert set(refusal.value.fields) == {check.key for check in CHECKS}


def test_visit_when_a_check_was_never_asked_then_refused():
    with pytest.raises(Invalid) as refusal:
        check_complete(CHECKS, {**ALL, "toilets": PASS})
    assert refusal.value.code == "check_not_asked"


@pytest.mark.parametrize(
    ("changed", "failed", "vetoed"),
    [
        ({"ten": Finding(CheckResult.FAIL, note="dirty")}, ("ten",), ()),
        ({"safety": Finding(CheckResult.FAIL, note="exit locked")}, ("safety",), ("safety",)),
        ({"beds": Finding(count=1)}, ("beds",), ()),
    ],
)
def test_visit_when_a_check_fails_then_not_passed_and_a_veto_is_named(changed, failed, vetoed):
    seen = outcome(CHECKS, {**ALL, **changed})
    assert (seen.passed, seen.failed, seen.vetoed_by) == (False, failed, vetoed)


def test_signature_when_drawn_or_typed_then_either_counts():
    assert read_signature(drawn=PNG, typed="").kind is SignatureKind.DRAWN
    typed = read_signature(drawn="", typed="  李勇 ")
    assert (typed.kind, typed.name) == (SignatureKind.TYPED, "李勇")


@pytest.mark.parametrize(
    "drawn",
    [
        "data:image/jpeg;base64,AAAA",
        "data:image/png;base64,%%%",
        "data:image/png;base64," + base64.b64encode(b"<svg/>").decode(),
        "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * DRAWN_MOST_BYTES).decode(),
        "javascript:alert(1)",
    ],
)
def test_signature_when_the_picture_is_none_then_refused(drawn):
    with pytest.raises(Invalid) as refusal:
        read_signature(drawn=drawn, typed="")
    assert refusal.value.code == "signature_damaged"


@pytest.mark.parametrize("typed", ["", "   "])
def test_signature_when_there_is_none_then_refused(typed):
    with pytest.raises(Invalid) as refusal:
        read_signature(drawn="", typed=typed)
    assert refusal.value.code == "signature_missing"


@pytest.mark.parametrize("standing", list(StandingState))
def test_purpose_when_the_certificate_is_to_be_renewed_then_a_working_enterprise_may_too(standing):
    if standing is StandingState.SUSPENDED:
        with pytest.raises(Conflict):
            check_purpose(Purpose.RESUME, standing, renews=True)
    else:
        check_purpose(Purpose.RESUME, standing, renews=True)


@pytest.mark.parametrize(
    ("state", "valid_until", "expected"),
    [
        ("valid", None, False),
        ("valid", date(2022, 4, 14), False),
        ("valid", date(2022, 4, 13), True),
        ("valid", date(2022, 4, 1), True),
        ("revoked", None, True),
    ],
)
def test_renewal_when_a_week_before_the_last_day_then_possible(state, valid_until, expected):
    assert may_be_renewed(state, valid_until, today=date(2022, 4, 7)) is expected


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("standing", list(StandingState))
def test_purpose_when_any_standing_then_only_the_fitting_one(purpose, standing):
    fits = {(Purpose.RESUME, StandingState.NOT_RESUMED), (Purpose.REOPEN, StandingState.SUSPENDED)}
    if (purpose, standing) in fits:
        check_purpose(purpose, standing)
        return
    with pytest.raises(Conflict):
        check_purpose(purpose, standing)


@pytest.mark.parametrize(
    ("plan", "normal", "fields"),
    [
        (Plan(TODAY, 10), 10, set()),
        (Plan(TODAY, 9999), None, set()),
        (Plan(TODAY - timedelta(days=1), 10), 10, {"planned_on"}),
        (Plan(TODAY, 11), 10, {"planned_staff"}),
        (Plan(TODAY - timedelta(days=1), 11), 10, {"planned_on", "planned_staff"}),
    ],
)
def test_plan_when_it_cannot_be_then_the_fields_are_named(plan, normal, fields):
    if not fields:
        check_plan(plan, today=TODAY, normal_staff=normal)
        return
    with pytest.raises(Invalid) as refusal:
        check_plan(plan, today=TODAY, normal_staff=normal)
    assert set(refusal.value.fields) == fields


def test_not_before_when_too_early_then_refused_with_its_clause():
    check_not_before(TODAY, earliest=TODAY, clause="")
    check_not_before(TODAY, earliest=None, clause="")
    with pytest.raises(Invalid) as refusal:
        check_not_before(TODAY, earliest=TODAY + timedelta(days=1), clause="Notice 3, article 2")
    assert refusal.value.code == "not_before"
    assert "Notice 3, article 2" in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "formats", "taken"),
    [
        ("application/pdf", (FileFormat.PDF,), True),
        ("image/jpeg", (FileFormat.PDF, FileFormat.JPG), True),
        ("image/png", (FileFormat.PDF, FileFormat.JPG), False),
        ("image/webp", (), True),
    ],
)
def test_format_when_not_listed_then_refused(kind, formats, taken):
    if taken:
        check_format(kind, 10, formats=formats, max_megabytes=1)
        return
    with pytest.raises(Invalid):
        check_format(kind, 10, formats=formats, max_megabytes=1)


def test_format_when_too_large_then_refused():
    with pytest.raises(Invalid) as refusal:
        check_format("application/pdf", 1024 * 1024 + 1, formats=(), max_megabytes=1)
    assert refusal.value.code == "paper_too_large"


@pytest.mark.parametrize(
    ("evidence", "ends_on", "fields"),
    [
        ("seen by Wang", TODAY, set()),
        ("seen by Wang", TODAY + LONGEST, set()),
        (" ", TODAY, {"evidence"}),
        ("seen", TODAY - timedelta(days=1), {"ends_on"}),
        ("seen", TODAY + LONGEST + timedelta(days=1), {"ends_on"}),
    ],
)
def test_proposal_when_without_evidence_or_end_then_refused(evidence, ends_on, fields):
    if not fields:
        check_proposal(evidence, ends_on, today=TODAY)
        return
    with pytest.raises(Invalid) as refusal:
        check_proposal(evidence, ends_on, today=TODAY)
    assert set(refusal.value.fields) == fields
