"""A decision as a value."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.decisions import (
    Decision,
    EvidenceRef,
    Reason,
    Text,
    UnknownKind,
    kind_label,
    register_decision_kinds,
)

words = st.text(max_size=20)
texts = st.builds(Text.written, words, words) | st.builds(
    lambda msgid, params: Text.message(msgid, **params),
    st.text(min_size=1, max_size=20),
    st.dictionaries(st.sampled_from(["count", "name", "limit"]), st.integers() | words, max_size=3),
)
reasons = st.builds(Reason, words, words, texts, st.booleans())
decisions = st.builds(
    Decision,
    kind=words,
    outcome=words,
    reasons=st.lists(reasons, min_size=1, max_size=4).map(tuple),
    evidence=st.lists(st.builds(EvidenceRef, words, words, words, words), max_size=3).map(tuple),
    playbook_id=words,
    playbook_version=words,
    at=st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


@given(decisions)
def test_stored_decision_comes_back_equal(decision):
    assert Decision.from_json(json.loads(json.dumps(decision.as_json()))) == decision


def reason(satisfied: bool = True, rule: str = "masks") -> Reason:
    return Reason(rule, "二、（一）", Text.written("口罩充足", "enough masks"), satisfied)


def decision(*reasons: Reason, at: datetime = datetime(2022, 4, 27, tzinfo=UTC)) -> Decision:
    return Decision(
        kind="resumption.approval",
        outcome="refused",
        reasons=reasons,
        playbook_id="datong",
        playbook_version="1",
        at=at,
    )


def test_decision_without_reasons_is_refused():
    with pytest.raises(ValueError, match="explain itself"):
        decision()


def test_decision_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        decision(reason(), at=datetime(2022, 4, 27))  # noqa: DTZ001


def test_unsatisfied_reasons_are_what_stood_in_the_way():
    bad = reason(False, "disinfectant")
    assert decision(reason(), bad, reason()).unsatisfied == (bad,)


def test_decision_is_hashable_and_equal_by_value():
    assert len({decision(reason()), decision(reason())}) == 1


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (Text.written("口罩充足", "enough masks"), "zh-hans", "口罩充足"),
        (Text.written("口罩充足", "enough masks"), "en", "enough masks"),
        (Text.written("口罩充足"), "en", "口罩充足"),
        (Text.written("", "enough masks"), "zh-hans", "enough masks"),
        (Text.message("%(count)s of %(limit)s", count=3, limit=5), "en", "3 of 5"),
        (Text.message("100 % full"), "en", "100 % full"),
    ],
)
def test_text_is_told_in_the_readers_language(text, language, expected):
    with translation.override(language):
        assert str(text) == expected


def test_message_is_translated_when_it_is_read_not_when_it_is_written():
    with translation.override("en"):
        text = Text.message("Yes")
    with translation.override("de"):
        assert str(text) == "Ja"  # from Django's own catalogue


def test_order_of_params_does_not_matter():
    assert Text.message("m", a=1, b=2) == Text.message("m", b=2, a=1)


def test_kind_has_one_label(monkeypatch):
    monkeypatch.setattr("fugong.core.decisions.kinds._kinds", {})
    register_decision_kinds({"a.b": "Approval"})
    register_decision_kinds({"a.b": "Approval"})
    assert kind_label("a.b") == "Approval"
    with pytest.raises(ValueError, match="registered already"):
        register_decision_kinds({"a.b": "Something else"})
    with pytest.raises(UnknownKind, match=r"x\.y"):
        kind_label("x.y")
