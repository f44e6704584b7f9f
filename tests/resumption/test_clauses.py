"""Every reason leads to the document behind it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from fugong.core.decisions.models import DecisionRecord
from fugong.resumption.queries.clauses import clause_words, point_path
from fugong.resumption.web.shown import why_of
from tests.resumption import making


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("papers.control_plan", "SC-1-1"),
        ("routes.above_size.when", "National default"),
        ("standards.ten_in_place", "E-23"),
        ("clocks.answer", "国办发明电〔2020〕6号 SC-1-2"),
        ("letters.resumption", "Local choice"),
    ],
)
def test_clause_words_when_a_path_of_the_playbook_then_document_and_origin(path, words):
    with override("en"):
        assert words in clause_words(making.datong(), path)


@pytest.mark.parametrize("path", ["", "nowhere", "suspension.infection"])
def test_clause_words_when_the_playbook_says_nothing_then_the_path(path):
    assert clause_words(making.datong(), path) == path


@pytest.mark.parametrize(
    ("kind", "key", "path"),
    [
        ("item", "ten_in_place", "standards.ten_in_place"),
        ("item", "ten_in_place/masks", "standards.ten_in_place.items.masks"),
        ("paper", "control_plan", "papers.control_plan"),
        ("letter", "resumption", "letters.resumption"),
        ("field", "planned_on", ""),
    ],
)
def test_point_path_when_pointed_at_then_where_the_playbook_asks_for_it(kind, key, path):
    assert point_path(kind, key) == path


def test_why_when_approved_then_each_reason_has_its_clause_and_the_evidence_its_hash(at):
    making.approved(at)
    with override("en"):
        why = why_of(DecisionRecord.objects.get(), making.datong())
    assert all(reason.clause for reason in why.reasons[:-1])
    kept = str(why.reasons[-1].evidence)
    assert "Answers" in kept
    assert "方案.pdf" in kept
    assert why.playbook == "datong, version 1"
