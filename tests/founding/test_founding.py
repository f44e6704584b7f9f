"""A deployment begins: an authority with its areas, roles and playbook, and three administrators apart."""

from datetime import UTC, date, datetime

import pytest

from fugong import founding
from fugong.accounts import queries as accounts
from fugong.areas import queries as areas
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.core.tenancy import acting_for
from fugong.playbooks import queries as playbooks

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 4, 1, 1, tzinfo=UTC)
DAY = date(2022, 4, 1)


def found(code="datong"):
    playbook = playbooks.shipped("datong", on=DAY)
    return founding.found(code, names=("大通区", "Datong"), playbook=playbook, from_day=DAY, now=NOW)


def test_the_playbooks_areas_are_drawn_inside_each_other():
    founded = found()
    with acting_for(founded.founder.authority_id):
        drawn = {area.code: area for area in areas.list_areas(actor=founded.founder)}
    assert set(drawn) == {"datong", "datong_new_zone", "shangyao_cluster", "luohe"}
    assert drawn["luohe"].parent == drawn["datong"]
    assert drawn["datong"].parent is None


def test_the_playbook_is_in_force_from_its_day_and_not_before():
    founded = found()
    with acting_for(founded.founder.authority_id):
        assert playbooks.get_in_force(DAY).playbook.id == "datong"
        with pytest.raises(NotFound):
            playbooks.get_in_force(date(2022, 3, 31))


def test_a_code_is_taken_once():
    found()
    with pytest.raises(Conflict):
        found()


def test_three_administrators_are_apart_and_none_holds_business():
    founded = found()
    codes = founding.invite_administrators(founded.founder, prefix="datong", now=NOW)
    with acting_for(founded.founder.authority_id):
        actors = [accounts.actor_of(issued.user, now=NOW) for issued in codes]
    assert [actor.roles for actor in actors] == [
        frozenset({"system_admin"}),
        frozenset({"security_admin"}),
        frozenset({"audit_admin"}),
    ]
    powers = [actor.permissions - {"users.see", "playbooks.see", "retention.see"} for actor in actors]
    assert not powers[0] & powers[1] | powers[1] & powers[2] | powers[0] & powers[2]
    assert not any("applications" in name for power in powers for name in power)


def test_the_codes_open_a_first_password_and_nobody_has_one_before():
    founded = found()
    codes = founding.invite_administrators(founded.founder, prefix="datong", now=NOW)
    assert len({issued.code for issued in codes}) == 3
    assert not any(issued.user.has_usable_password() for issued in codes)


def test_a_playbook_file_that_is_wrong_says_where(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[playbook]\nid = "mine"\nsurprise = 1\n', encoding="utf-8")
    with pytest.raises(Invalid, match=r"mine\.toml:3"):
        playbooks.read_file(path)
