"""The catalogue and the proof."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from fugong.core.figures import (
    Absence,
    Computed,
    DuplicateFigure,
    Exactness,
    FigureCatalogue,
    FigureDefinition,
    FigureQuery,
    Grade,
    Kind,
    Manifest,
    RoundingRule,
    UnknownFigure,
    manifest_of,
    printed,
)
from fugong.core.figures.proof import row_ref
from tests.core.figures.making import AS_OF, figure

ROWS = tuple(row_ref("enterprises.Enterprise", UUID(int=number), {"resumed": True}) for number in range(3))
query = FigureQuery(authority_id=UUID(int=1), as_of=AS_OF, known_at=AS_OF)


def definition(
    key: str = "resumed", *, computed: Computed, unit: str = "enterprise", **changes
) -> FigureDefinition:
    given = {"kind": Kind.STOCK, "grade": Grade.VERIFIED, "part_unit": "enterprise", **changes}
    return FigureDefinition(
        key=key,
        label=gettext_lazy("Resumed"),
        definition=gettext_lazy("Enterprises in scope that have resumed work."),
        unit=unit,
        compute=lambda asked: computed,
        **given,
    )


def test_count_keeps_its_whole():
    found = definition(computed=Computed(value=91, denominator=Computed(value=106))).figure(query)
    assert found == figure(
        91, "enterprise", source="resumed", denominator=figure(106, "enterprise", source="resumed")
    )
    assert printed(found, "zh") == "91家"


def test_percentage_keeps_both_parts():
    computed = Computed(value=36, denominator=Computed(value=39))
    found = definition(computed=computed, unit="percent", rounding=RoundingRule(digits=1)).figure(query)
    assert found.value == Decimal("92.3")
    assert found.numerator == figure(36, "enterprise", source="resumed")
    assert found.denominator == figure(39, "enterprise", source="resumed")
    assert printed(found, "zh") == "92.3%"


def test_percentage_of_nothing_is_absent():
    computed = Computed(value=0, denominator=Computed(value=0))
    assert definition(computed=computed, unit="percent").figure(query).absence is Absence.EMPTY_DENOMINATOR


def test_unrecorded_count_is_absent_not_zero():
    found = definition(computed=Computed(value=None)).figure(query)
    assert (found.value, found.absence) == (None, Absence.NOT_RECORDED)


def test_definition_words_its_figure_by_its_rule():
    rule = RoundingRule(Exactness.ODD, step=10)
    assert printed(definition(computed=Computed(value=23), rounding=rule).figure(query), "zh") == "20余家"


def test_definition_gets_the_question():
    asked = []

    def compute(question: FigureQuery) -> Computed:
        asked.append(question)
        return Computed(value=int(question.scope["size"] == "above"))

    counting = FigureDefinition(
        key="k", label="K", definition="d", unit="one", kind=Kind.STOCK, grade=Grade.DECLARED, compute=compute
    )
    narrowed = FigureQuery(
        authority_id=UUID(int=1),
        as_of=AS_OF,
        known_at=AS_OF,
        areas=frozenset({UUID(int=2)}),
        scope={"size": "above"},
    )
    assert counting.figure(narrowed).value == 1
    assert asked == [narrowed]


def test_query_refuses_times_without_zone():
    with pytest.raises(ValueError, match="zone"):
        FigureQuery(authority_id=UUID(int=1), as_of=datetime(2022, 4, 27), known_at=AS_OF)  # noqa: DTZ001


def test_catalogue_refuses_a_second_owner_of_a_key_and_adds_none_of_the_batch():
    catalogue = FigureCatalogue()
    first = definition(computed=Computed(value=1))
    catalogue.register([first])
    catalogue.register([first])
    with pytest.raises(DuplicateFigure, match="resumed"):
        catalogue.register(
            [definition("other", computed=Computed(value=1)), definition(computed=Computed(value=2))]
        )
    assert [known.key for known in catalogue] == ["resumed"]
    assert (len(catalogue), "resumed" in catalogue, "other" in catalogue) == (1, True, False)


def test_catalogue_refuses_two_of_a_key_in_one_batch():
    with pytest.raises(DuplicateFigure):
        FigureCatalogue().register(definition(computed=Computed(value=n)) for n in range(2))


def test_catalogue_names_an_unknown_key():
    with pytest.raises(UnknownFigure, match="nothing"):
        FigureCatalogue()["nothing"]


@given(st.permutations(ROWS))
def test_manifest_does_not_depend_on_the_order_of_rows(rows):
    assert manifest_of(rows) == manifest_of(ROWS)


def test_manifest_changes_with_any_row():
    whole = manifest_of(ROWS)
    assert whole.count == 3
    changed = row_ref("enterprises.Enterprise", UUID(int=0), {"resumed": False})
    for rows in (ROWS[:2], (*ROWS, ROWS[0]), (changed, *ROWS[1:])):
        assert manifest_of(rows) != whole
        assert manifest_of(rows).digest != whole.digest


def test_manifest_survives_storage_and_refuses_a_bad_one():
    whole = manifest_of(ROWS)
    assert Manifest.from_json(whole.as_json()) == whole
    with pytest.raises(ValueError, match="whole number"):
        Manifest.from_json({"count": "3", "digest": "x"})
