"""The application's role and the two tables of areas, without any filter of ours."""

import pytest
from django.db import DatabaseError, transaction

from fugong.areas.models import Area, Authority
from fugong.core.tenancy import acting_for

from .making import area, authority

pytestmark = pytest.mark.django_db


def test_areas_of_others_are_not_there_when_a_filter_is_forgotten():
    north, south = authority("north"), authority("south")
    area(north, "park")
    mine = area(south, "park")
    with acting_for(south.id):
        assert list(Area.objects.all()) == [mine]
    with acting_for(None):
        assert not Area.objects.exists()


def test_names_of_authorities_are_public_but_only_their_own_connection_changes_them():
    north, south = authority("north"), authority("south")
    with acting_for(south.id):
        assert {each.code for each in Authority.objects.all()} == {"north", "south"}
        assert Authority.objects.filter(id=north.id).update(name_zh="西区") == 0
        assert Authority.objects.filter(id=south.id).update(name_zh="西区") == 1


def test_an_authority_cannot_be_made_without_acting_for_it():
    with pytest.raises(DatabaseError), transaction.atomic():
        Authority.objects.create(
            code="west", name_zh="西区", name_en="West", playbook_id="datong", founded_at="2022-01-01T00:00Z"
        )


@pytest.mark.parametrize("model", [Authority, Area])
def test_rows_cannot_be_deleted_by_the_application(model):
    north = authority()
    area(north, "park")
    with acting_for(north.id), pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")
