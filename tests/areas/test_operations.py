import pytest

from fugong.areas import operations
from fugong.areas.choices import AreaKind
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor
from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for

from .making import NOW, area, authority, system

pytestmark = pytest.mark.django_db


def test_found_authority_writes_its_audit_row_in_the_new_tenant():
    north = authority()
    with acting_for(north.id):
        entry = AuditEntry.objects.get(action="areas.found_authority")
    assert entry.subject_id == str(north.id)
    assert entry.changes["code"] == "north"


def test_found_authority_when_the_code_is_taken_is_refused_and_leaves_nothing():
    authority()
    with pytest.raises(Conflict) as refused:
        authority()
    assert refused.value.code == "authority_exists"
    assert Authority.objects.count() == 1


def test_add_area_keeps_both_names_and_the_parent():
    north = authority()
    zone = area(north, "zone", kind=AreaKind.DISTRICT)
    park = area(north, "park", parent=zone)
    with acting_for(north.id):
        found = Area.objects.get(code="park")
        entry = AuditEntry.objects.get(action="areas.add_area", subject_id=str(park.id))
    assert (found.parent_id, found.name_en, found.recorded_at) == (zone.id, "park", NOW)
    assert entry.changes["parent"] == "zone"


def test_add_area_when_the_code_is_taken_is_refused():
    north = authority()
    area(north, "park")
    with pytest.raises(Conflict) as refused:
        area(north, "park")
    assert refused.value.code == "area_exists"


def test_two_authorities_may_use_the_same_code():
    assert area(authority("north"), "park").code == area(authority("south"), "park").code


def test_add_area_inside_something_smaller_is_refused_by_a_sentence():
    north = authority()
    village = area(north, "village", kind=AreaKind.VILLAGE)
    with pytest.raises(Invalid) as refused:
        area(north, "town", kind=AreaKind.TOWN, parent=village)
    assert refused.value.code == "wrong_parent"
    assert "parent" in refused.value.fields


@pytest.mark.parametrize(("held", "allowed"), [("", False), ("users.grant", False), ("system.see", True)])
def test_areas_are_drawn_by_whoever_runs_the_machine(held, allowed):
    north = authority()
    person = Actor(new_id(), north.id, "Ann", frozenset({held}), all_areas=True)
    if allowed:
        operations.add_area("park", kind=AreaKind.PARK, names=("园", "Park"), actor=person, now=NOW)
        return
    with pytest.raises(NotPermitted):
        operations.add_area("park", kind=AreaKind.PARK, names=("园", "Park"), actor=person, now=NOW)
    with acting_for(north.id):
        assert not Area.objects.exists()


def test_an_area_cannot_be_put_into_another_authority_by_its_actor():
    north, south = authority("north"), authority("south")
    made = operations.add_area("park", kind=AreaKind.PARK, names=("园", "Park"), actor=system(south), now=NOW)
    with acting_for(north.id):
        assert not Area.objects.filter(id=made.id).exists()
