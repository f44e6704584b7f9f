import pytest
from django.utils import translation

from fugong.areas import queries
from fugong.areas.choices import AreaKind
from fugong.core.ids import new_id
from fugong.core.refusals import NotFound
from fugong.core.tenancy import acting_for

from .making import area, authority, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    """A district with two parks, the first of which holds two grids, one inside the other."""
    north = authority()
    zone = area(north, "zone", kind=AreaKind.DISTRICT)
    first, second = area(north, "first", parent=zone), area(north, "second", parent=zone)
    grid = area(north, "grid", kind=AreaKind.GRID, parent=first)
    inner = area(north, "inner", kind=AreaKind.GRID, parent=grid)
    return north, {each.code: each for each in (zone, first, second, grid, inner)}


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("zone", {"zone", "first", "second", "grid", "inner"}),
        ("first", {"first", "grid", "inner"}),
        ("second", {"second"}),
        ("inner", {"inner"}),
    ],
)
def test_descendants_are_the_area_and_all_inside_it(ground, code, inside, django_assert_num_queries):
    north, areas = ground
    with acting_for(north.id), django_assert_num_queries(1):
        assert queries.descendants(areas[code]) == {areas[name].id for name in inside}


def test_ids_inside_of_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.ids_inside([]) == frozenset()


def test_ids_inside_of_another_authoritys_area_are_none(ground):
    _north, areas = ground
    with acting_for(authority("south").id):
        assert queries.ids_inside([areas["zone"].id]) == frozenset()


def test_tree_nests_every_area_once(ground, django_assert_num_queries):
    north, _areas = ground
    with acting_for(north.id), django_assert_num_queries(1):
        (top,) = queries.tree(actor=system(north))
    assert top.area.code == "zone"
    assert [branch.area.code for branch in top.inside] == ["first", "second"]
    assert top.inside[0].inside[0].inside[0].area.code == "inner"


def test_an_area_of_another_authority_does_not_exist(ground):
    _north, areas = ground
    south = authority("south")
    with acting_for(south.id), pytest.raises(NotFound):
        queries.get_area(areas["zone"].id, actor=system(south))


def test_find_area_goes_by_code(ground):
    north, areas = ground
    with acting_for(north.id):
        assert queries.find_area("grid", actor=system(north)) == areas["grid"]
        assert queries.find_area("nowhere", actor=system(north)) is None


def test_authorities_are_found_by_code_and_by_id():
    north = authority()
    assert queries.find_authority("north") == north
    assert queries.find_authority("nowhere") is None
    assert queries.get_authority(north.id) == north
    with pytest.raises(NotFound):
        queries.get_authority(new_id())


def test_all_authorities_are_listed_for_the_clocks():
    south, north = authority("south"), authority("north")
    assert queries.list_authorities() == [north, south]


@pytest.mark.parametrize(("language", "name"), [("en", "North"), ("zh-hans", "北区"), ("zh-hant", "北區")])
def test_names_are_shown_in_the_readers_language(language, name):
    north = authority()
    with translation.override(language):
        assert north.name == name
        assert queries.get_authority_name(north.id, language=language) == name


def test_ids_by_code_are_those_areas_with_all_inside_them(ground):
    north, areas = ground
    with acting_for(north.id):
        found = queries.ids_by_code(["first", "second"], authority_id=north.id)
        assert found == {areas[name].id for name in ("first", "second", "grid", "inner")}
        with pytest.raises(NotFound, match="elsewhere"):
            queries.ids_by_code(["first", "elsewhere"], authority_id=north.id)
