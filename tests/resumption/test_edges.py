"""What is too long, too far or too large is refused in a sentence, and never breaks a page or a clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fugong.core.refusals import Invalid
from fugong.duties.models import Duty
from fugong.resumption import operations as ops
from fugong.resumption.choices import DutyKind
from fugong.resumption.operations import ConditionData
from fugong.resumption.rules.signatures import NAME_MOST, read_signature
from fugong.resumption.web.drafting import _version
from fugong.resumption.web.forms import SettleForm
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

LONG = "壮" * 200
"""As long as a name may be; with its number beside it longer than a duty's label."""


def named(at: Ground) -> Ground:
    return making.another_enterprise(at, name=LONG)


def test_submit_when_the_name_is_as_long_as_names_may_be_then_the_duties_are_owed(at: Ground) -> None:
    application = making.submitted(named(at))
    labels = Duty.objects.filter(subject_id=application.id).values_list("subject_label", flat=True)
    assert list(labels) == [LONG]


def test_reports_when_one_name_is_very_long_then_the_clock_opens_the_duties_of_all(at: Ground) -> None:
    """One enterprise's name must not keep the reports of all others from being owed."""
    making.approved(at)
    making.approved(making.with_instructor(named(at)))
    assert ops.open_report_duties(at.authority.id, day=TODAY, now=NOW) == 2
    assert Duty.objects.filter(kind=DutyKind.REPORT).count() == 2


@pytest.mark.parametrize("drawn", ["", "data:image/png;base64,iVBORw0KGgo="])
def test_signature_when_the_name_is_no_name_then_refused(drawn: str) -> None:
    assert read_signature(drawn="", typed="x" * NAME_MOST).name
    with pytest.raises(Invalid) as refused:
        read_signature(drawn=drawn, typed="x" * (NAME_MOST + 1))
    assert refused.value.code == "signature_too_long"


@pytest.mark.parametrize(("days", "refused"), [(2 * 365, False), (2 * 365 + 1, True), (2_900_000, True)])
def test_condition_when_it_may_be_met_in_the_far_future_then_refused(
    at: Ground, days: int, refused: bool
) -> None:
    application = making.before_decision(at)
    approval = ops.Approval(
        "headquarters", conditions=[ConditionData("戴口罩", TODAY + timedelta(days=days))]
    )

    def approve() -> Any:
        return ops.approve(application.id, approval, actor=at.headquarters, now=NOW)

    if not refused:
        assert approve().state == "approved"
        return
    with pytest.raises(Invalid) as why:
        approve()
    assert list(why.value.fields) == ["until"]


def test_note_of_a_second_person_is_as_long_as_it_is_kept() -> None:
    assert SettleForm({"note": "n" * 500, "version": 1}).is_valid()
    assert not SettleForm({"note": "n" * 501, "version": 1}).is_valid()


@pytest.mark.parametrize("sent", ["9" * 5000, "x", "", "-1", "1.5"])
def test_version_when_it_is_no_version_then_none(sent: str) -> None:
    assert _version({"version": sent}) is None
