"""Published bulletins stand: they are frozen, seen by two, and corrected only by another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from fugong.command import operations, queries
from fugong.command.facts import BULLETIN_PUBLISHED
from fugong.command.models import Bulletin, Publication
from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.figures import Figure
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, NotFound, NotPermitted
from fugong.enterprises.choices import StandingState
from tests.command.case import BEFORE_MIDNIGHT, DAY, LATER, NOW, printed
from tests.racing import at_once


@pytest.fixture
def draft(case, composer):
    return operations.compose_bulletin(DAY, actor=composer, now=NOW)


def test_a_second_person_publishes_and_it_is_told(case, draft, publisher):
    operations.publish_bulletin(draft.pk, actor=publisher, now=LATER)
    found = queries.get_bulletin(publisher, draft.pk)
    assert queries.is_published(found)
    assert found.publication.published_by_name == publisher.name
    entry = AuditEntry.objects.get(subject_id=str(draft.pk), action="bulletins.publish")
    assert entry.changes["digest"] == draft.digest
    assert Fact.objects.filter(name=BULLETIN_PUBLISHED, payload__number=draft.number).exists()


def test_whoever_composed_it_does_not_publish_it(case, draft, composer):
    both = replace(composer, permissions=composer.permissions | {"bulletins.publish"})
    with pytest.raises(Conflict) as refused:
        operations.publish_bulletin(draft.pk, actor=both, now=LATER)
    assert refused.value.code == "second_person"
    assert not Publication.objects.filter(bulletin=draft).exists()


def test_who_may_not_publish_is_told_so_before_anything_else(case, composer):
    for bulletin_id in (case.published.pk, new_id()):
        with pytest.raises(NotPermitted):
            operations.publish_bulletin(bulletin_id, actor=composer, now=LATER)


def test_what_is_not_there_or_published_already_is_not_published(case, publisher):
    with pytest.raises(NotFound):
        operations.publish_bulletin(new_id(), actor=publisher, now=LATER)
    with pytest.raises(Conflict) as refused:
        operations.publish_bulletin(case.published.pk, actor=publisher, now=LATER)
    assert refused.value.code == "published"


@pytest.mark.parametrize("table", ["bulletin", "bulletinfigure", "publication"])
@pytest.mark.parametrize("statement", ["update command_{} set id = id", "delete from command_{}"])
def test_the_database_refuses_to_change_what_was_frozen(case, table, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_drafts_are_seen_by_those_who_compose_or_publish_only(case, draft, composer, publisher):
    inspector = case.actor("park1")
    assert draft in queries.list_bulletins(composer)
    assert draft in queries.list_bulletins(publisher)
    assert list(queries.list_bulletins(inspector)) == [case.published]
    with pytest.raises(NotFound):
        queries.get_bulletin(inspector, draft.pk)


def test_a_correction_stands_beside_what_it_corrects_and_says_the_difference(case, composer, publisher):
    wrong = case.published
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=NOW)
    right = operations.correct_bulletin(wrong.pk, actor=composer, now=LATER)
    assert (right.corrects, right.as_of, right.number) == (wrong, wrong.as_of, "2022-002")
    stated = {
        each.label["en"]: tuple(Figure.from_json(part or {}).value for part in (each.before, each.after))
        for each in queries.differences(right)
    }
    assert stated["Enterprises resumed"] == (91, 92)
    assert printed(right)["resumption_rate"] == "86.8%"
    assert printed(wrong)["resumption_rate"] == "85.8%"
    assert queries.verify(wrong).is_good
    assert queries.verify(right).is_good
    assert queries.find_correction(wrong) is None
    operations.publish_bulletin(right.pk, actor=publisher, now=LATER + timedelta(minutes=1))
    assert queries.find_correction(wrong) == right


def test_a_draft_a_corrected_one_and_a_right_one_are_not_corrected(case, draft, composer, publisher):
    wrong = case.published

    def code(bulletin, now):
        with pytest.raises(Conflict) as refused:
            operations.correct_bulletin(bulletin.pk, actor=composer, now=now)
        return refused.value.code

    assert code(draft, LATER) == "a_draft"
    assert code(wrong, LATER) == "nothing_to_correct"
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=LATER)
    right = operations.correct_bulletin(wrong.pk, actor=composer, now=LATER + timedelta(minutes=1))
    operations.publish_bulletin(right.pk, actor=publisher, now=LATER + timedelta(minutes=2))
    assert code(wrong, LATER + timedelta(minutes=3)) == "corrected"


def two_corrections(case, composer):
    made = []
    for minute in (0, 2):
        case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=NOW + timedelta(minutes=minute))
        now = NOW + timedelta(minutes=minute + 1)
        made.append(operations.correct_bulletin(case.published.pk, actor=composer, now=now))
    return made


def test_of_two_corrections_of_one_bulletin_the_first_published_stands(case, composer, publisher):
    first, second = two_corrections(case, composer)
    operations.publish_bulletin(second.pk, actor=publisher, now=LATER)
    recorded = AuditEntry.objects.count()
    with pytest.raises(Conflict, match=second.number) as refused:
        operations.publish_bulletin(first.pk, actor=publisher, now=LATER)
    assert refused.value.code == "corrected"
    assert AuditEntry.objects.count() == recorded
    with pytest.raises(Conflict) as refused:
        operations.publish_bulletin(second.pk, actor=publisher, now=LATER)
    assert refused.value.code == "published"
    assert queries.find_correction(case.published) == second


@pytest.mark.committed
def test_two_who_publish_two_corrections_of_one_bulletin_at_once(alone):
    case = alone
    first, second = two_corrections(case, case.actor("headquarters"))
    publisher = case.actor("commander")
    results = at_once(
        lambda: operations.publish_bulletin(first.pk, actor=publisher, now=LATER),
        lambda: operations.publish_bulletin(second.pk, actor=publisher, now=LATER),
    )
    assert sorted(type(each).__name__ for each in results) == ["Conflict", "Publication"]
    assert [each.code for each in results if isinstance(each, Conflict)] == ["corrected"]


def test_a_refused_correction_leaves_no_draft_and_settles_nothing(case, composer):
    with pytest.raises(Conflict):
        operations.correct_bulletin(case.published.pk, actor=composer, now=LATER)
    assert Bulletin.objects.count() == 1
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=LATER)


@pytest.mark.committed
def test_two_who_compose_or_publish_at_once(alone):
    """Real commits: no number is given twice, no bulletin published twice, no writer slips in behind one."""
    case = alone
    composer, publisher, second = map(case.actor, ("headquarters", "commander", "dept"))

    def compose(actor, minute):
        now = NOW + timedelta(minutes=minute)
        return lambda: operations.compose_bulletin(DAY, actor=actor, now=now)

    made = at_once(compose(composer, 1), compose(second, 2), compose(composer, 3))
    drafts = [each for each in made if isinstance(each, Bulletin)]
    assert drafts
    assert all(isinstance(each, Bulletin | Conflict) for each in made)
    assert len({each.number for each in drafts}) == len(drafts)

    def publish():
        return operations.publish_bulletin(drafts[-1].pk, actor=publisher, now=LATER)

    results = at_once(publish, publish, publish)
    assert sorted(type(each).__name__ for each in results) == ["Conflict", "Conflict", "Publication"]

    def enter(minute):
        now = LATER + timedelta(minutes=minute)
        return lambda: case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=now)

    mixed = at_once(enter(1), compose(composer, 62), enter(3), compose(second, 64))
    for bulletin in [each for each in mixed if isinstance(each, Bulletin)]:
        assert queries.verify(bulletin).is_good
