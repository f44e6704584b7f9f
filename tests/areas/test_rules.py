import pytest

from fugong.areas.choices import AreaKind
from fugong.areas.rules import INSIDE, may_lie_inside

ALLOWED = {
    (AreaKind.DISTRICT, AreaKind.DISTRICT),
    (AreaKind.PARK, AreaKind.DISTRICT),
    (AreaKind.PARK, AreaKind.TOWN),
    (AreaKind.PARK, AreaKind.PARK),
    (AreaKind.TOWN, AreaKind.DISTRICT),
    (AreaKind.VILLAGE, AreaKind.TOWN),
    (AreaKind.GRID, AreaKind.TOWN),
    (AreaKind.GRID, AreaKind.VILLAGE),
    (AreaKind.GRID, AreaKind.PARK),
    (AreaKind.GRID, AreaKind.GRID),
    *((AreaKind.PLACE, parent) for parent in AreaKind),
}


@pytest.mark.parametrize("kind", list(AreaKind))
@pytest.mark.parametrize("parent", list(AreaKind))
def test_a_kind_lies_inside_exactly_the_kinds_listed(kind, parent):
    assert may_lie_inside(kind, parent) == ((kind, parent) in ALLOWED)


@pytest.mark.parametrize("kind", list(AreaKind))
def test_any_kind_may_stand_at_the_top(kind):
    assert may_lie_inside(kind, None)


def test_every_kind_has_its_line():
    assert set(INSIDE) == set(AreaKind)
