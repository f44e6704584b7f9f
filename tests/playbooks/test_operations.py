"""Putting a playbook in force: by whom, from when, and never two laws on one day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from fugong.accounts.operations.roles import shipped_roles
from fugong.core.audit.models import AuditEntry
from fugong.core.facts.models import Fact
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.playbooks.models import PlaybookVersion
from fugong.playbooks.operations import activate
from fugong.playbooks.queries import get_in_force
from tests.playbooks.making import NOW, TODAY, authority, commander, in_force, version_of
from tests.racing import behind

SHIPPED = {role["code"]: role["permissions"] for role in shipped_roles()}


@pytest.fixture
def north(db):
    made = authority()
    with acting_for(made.id):
        yield made


@pytest.fixture
def ann(north):
    return commander(north)


def periods():
    return {row.version: (row.starts_on, row.ends_on) for row in PlaybookVersion.objects.all()}


def test_the_first_one_may_begin_on_any_day_and_is_open(north, ann, zone):
    row = activate(zone, actor=ann, now=NOW, from_day=date(2022, 4, 1))
    assert (row.starts_on, row.ends_on, row.activated_by) == (date(2022, 4, 1), None, ann.user_id)
    assert (row.text, row.sha256) == (zone.text, zone.sha256)
    entry = AuditEntry.objects.get(action="playbooks.activate")
    assert entry.changes == {"version": zone.version, "sha256": zone.sha256, "from": "2022-04-01"}
    assert Fact.objects.filter(name="playbooks.PlaybookActivated").count() == 1


def test_the_next_one_ends_the_one_before_on_its_first_day(north, ann, zone):
    in_force(zone, ann)
    in_force(version_of(zone, "9.1"), ann, days=5)
    change = TODAY + timedelta(days=5)
    assert periods() == {zone.version: (TODAY, change), "9.1": (change, None)}
    assert get_in_force(change - timedelta(days=1)).playbook.version == zone.version
    assert get_in_force(change).playbook.version == "9.1"


def test_one_that_is_replaced_before_its_first_day_was_never_in_force(north, ann, zone):
    in_force(zone, ann)
    in_force(version_of(zone, "9.1"), ann, days=5)
    in_force(version_of(zone, "9.2"), ann, days=5)
    assert get_in_force(TODAY + timedelta(days=5)).playbook.version == "9.2"


@pytest.mark.parametrize(("first", "second", "earliest"), [(0, -1, 0), (5, 4, 5), (-9, -3, 0)])
def test_none_begins_before_the_one_in_force_or_before_today(north, ann, zone, first, second, earliest):
    in_force(zone, ann, days=first)
    with pytest.raises(Invalid) as refused:
        in_force(version_of(zone, "9.1"), ann, days=second)
    assert refused.value.code == "starts_too_early"
    assert list(refused.value.fields) == ["from_day"]
    assert (TODAY + timedelta(days=earliest)).isoformat() in str(refused.value)
    assert periods() == {zone.version: (TODAY + timedelta(days=first), None)}


def test_the_same_version_is_not_put_in_force_twice(north, ann, zone):
    in_force(zone, ann)
    with pytest.raises(Conflict) as refused:
        in_force(zone, ann, days=5)
    assert refused.value.code == "version_known"
    assert periods() == {zone.version: (TODAY, None)}


@pytest.mark.parametrize("role", SHIPPED)
def test_of_the_shipped_roles_only_the_commander_may(north, zone, role):
    actor = commander(north, *SHIPPED[role])
    if role == "commander":
        in_force(zone, actor)
        assert PlaybookVersion.objects.count() == 1
        return
    with pytest.raises(NotPermitted):
        in_force(zone, actor)
    assert not PlaybookVersion.objects.exists()


def test_one_authority_s_law_is_not_another_s(north, ann, zone):
    in_force(zone, ann)
    south = authority("south")
    in_force(zone, commander(south))
    with acting_for(south.id):
        assert PlaybookVersion.objects.get().authority_id == south.id
    assert PlaybookVersion.objects.get().authority_id == north.id


def row(of, zone, *, starts, ends, version):
    return PlaybookVersion(
        authority=of,
        playbook_id=zone.id,
        version=version,
        text=zone.text,
        sha256=zone.sha256,
        starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
        activated_at=NOW,
    )


@pytest.mark.parametrize(
    ("starts", "ends", "constraint"),
    [
        (2, 3, "playbook_periods_apart"),
        (-3, 1, "playbook_periods_apart"),
        (4, 9, "playbook_periods_apart"),
        (20, None, "playbook_one_open"),
        (12, 11, "playbook_period_forward"),
    ],
)
def test_the_database_itself_refuses_two_laws_on_one_day(north, zone, starts, ends, constraint):
    row(north, zone, starts=0, ends=5, version="1").save()
    row(north, zone, starts=5, ends=None, version="2").save()
    if constraint == "playbook_periods_apart" and starts == 4:
        PlaybookVersion.objects.filter(version="2").update(ends_on=TODAY + timedelta(days=6))
    with pytest.raises((IntegrityError, ProgrammingError), match=constraint), transaction.atomic():
        row(north, zone, starts=starts, ends=ends, version="3").save()


@pytest.mark.parametrize(
    "change", ["text = 'other'", "sha256 = ''", "starts_on = '2022-01-01'", "version = '2'"]
)
def test_the_database_lets_a_version_be_ended_and_nothing_else(north, ann, zone, change):
    in_force(zone, ann)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PlaybookVersion.objects.raw(f"update playbooks_playbookversion set {change} returning id")[0]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PlaybookVersion.objects.all().delete()


@pytest.mark.committed
@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_at_once_one_gets_through(committed_db, zone, is_first):
    north = authority()
    ann = commander(north)
    if not is_first:
        in_force(zone, ann)
    versions = [version_of(zone, f"9.{number}") for number in range(3)]
    with acting_for(north.id):
        works = [lambda each=each: in_force(each, ann, days=1) for each in versions]
        results = behind(lambda: in_force(version_of(zone, "8.0"), ann, days=1), *works)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "NoneType"]
    with acting_for(north.id):
        assert PlaybookVersion.objects.filter(ends_on=None).count() == 1
        assert PlaybookVersion.objects.count() == (1 if is_first else 2)
