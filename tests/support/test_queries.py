"""Who sees which difficulties, at what cost; and that no forgotten filter shows another authority's."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import translation

from fugong.core.clock import local_date
from fugong.core.tenancy import acting_for
from fugong.support import queries
from fugong.support.choices import ANSWER_CLOCK, Category, State, Step
from fugong.support.models import Difficulty, DifficultyEvent
from fugong.support.queries import Terms
from tests.accounts import making as people
from tests.enterprises import making as register
from tests.support.making import NOW, brought_to, place, raised


def test_list_when_by_a_contact_then_the_own_enterprises_only(here, bo):
    own = raised(here, by=bo)
    neighbour = register.registered(here.park)
    Difficulty.objects.filter(id=raised(here, by=bo).id).update(enterprise=neighbour)
    assert list(queries.list_difficulties(bo)) == [own]
    assert queries.list_open_of_own(bo, limit=5) == [own]


def test_list_when_by_an_area_then_that_area_only(here):
    raised(here)
    elsewhere = people.park(here.authority, "park-b", name="乙园区")
    stranger = people.acting(people.holder(here.authority, "reviewer_park", area=elsewhere))
    assert len(queries.list_difficulties(here.person("reviewer_park"))) == 1
    assert len(queries.list_difficulties(stranger)) == 0


def test_milestones_when_solved_then_raised_and_solved_in_order(here, bo):
    brought_to(State.SOLVED, here)
    found = queries.list_milestones(here.enterprise.id, actor=bo)
    assert [event.step for event in found] == [Step.RAISE, Step.SOLVE]


def test_lists_when_many_then_one_statement(here, bo, django_assert_num_queries):
    for _number in range(4):
        raised(here, by=bo)
    with django_assert_num_queries(1):
        rows = list(queries.list_difficulties(bo))
        assert [(row.enterprise.name, row.area.name, row.category_label) for row in rows]
    with django_assert_num_queries(1):
        assert len(queries.list_of_enterprise(here.enterprise.id, actor=bo)) == 4


def test_tenants_when_a_filter_is_forgotten_then_the_database_still_keeps_them_apart(here):
    brought_to(State.SOLVED, here)
    south = place("south")
    with acting_for(south.authority.id):
        assert not Difficulty.objects.exists()
        assert not DifficultyEvent.objects.exists()
        assert Difficulty.objects.update(title="x") == 0
        assert list(queries.list_difficulties(south.person("reviewer_headquarters"))) == []
    with acting_for(None):
        assert not Difficulty.objects.exists()
    assert Difficulty.objects.exists()


@pytest.mark.parametrize("statement", ["update {} set note = 'x'", "delete from {}", "truncate {}"])
def test_events_when_somebody_would_change_history_then_the_database_refuses(here, statement):
    raised(here)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("support_difficultyevent"))
    assert DifficultyEvent.objects.get().note == ""


# What the playbook says


def test_terms_when_the_playbook_names_kinds_then_those_in_the_readers_language(here):
    terms = queries.get_terms(local_date(NOW))
    with translation.override("en"):
        assert ("logistics", "Logistics and transport") in terms.categories()
    with translation.override("zh-hans"):
        assert ("logistics", "物流运输") in terms.categories()
    assert terms.category_names("nothing_such") is None
    assert terms.lead("logistics") in dict(terms.bodies())


def test_terms_when_the_playbook_is_silent_then_the_fallbacks(here):
    terms = queries.get_terms(local_date(NOW))
    silent = terms.in_force.playbook.policy.model_copy(update={"difficulties": {}, "clocks": {}})
    playbook = type(terms.in_force.playbook)(
        policy=silent,
        text=terms.in_force.playbook.text,
        file="silent",
        facts_schema=terms.in_force.playbook.facts_schema,
    )
    in_force = type(terms.in_force)(terms.version_id, terms.in_force.starts_on, None, playbook)
    fallback = Terms(in_force, terms.on)
    assert [key for key, _label in fallback.categories()] == Category.values
    assert fallback.category_names("other") == ("", "")
    assert fallback.category_names("logistics") == ("", "")
    assert fallback.category_names("unheard_of") is None
    assert fallback.lead("other") == ""
    due = fallback.due(ANSWER_CLOCK, start=NOW, category="other")
    assert (local_date(due) - local_date(NOW)).days == 6
