"""Scanning a place: what is counted, what is kept and not counted, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.passage import operations, queries
from fugong.passage.choices import GUARD, KEEP, SEE, Answer, Direction, Directions, Flag, Reason, Way
from fugong.passage.models import Scan, ScanCount, VenueCheck
from fugong.passage.operations import PosterGone
from fugong.passage.operations.gates import close_gate
from fugong.passage.rules.venues import Position, turn_of
from tests.clearance.making import recorded
from tests.passage.venues import making
from tests.passage.venues.making import acting, scans, worker_on
from tests.support.making import NOW

MINUTE = timedelta(minutes=1)
MARKED = Flag.NOT_SHOWN_TO_BE_THERE
THERE = Position(40.0766, 113.3001, 10)
ZHENGZHOU = Position(34.7466, 113.6253, 10)


def test_who_scans_and_taps_is_in_and_out_again(canteen):
    place = canteen()
    person, token = place.somebody(name="王芳")
    worker = worker_on(token)
    came = place.scanned(worker)
    assert (came.answer, came.reason, came.counts) == (Answer.ALLOW, Reason.FREE, True)
    inside = queries.open_presences(person.id, place.here.authority.id, now=NOW + MINUTE)
    assert inside == [(place.gate, NOW)]
    left = place.scanned(worker, at=NOW + 30 * MINUTE, leaving=True)
    assert left.counts
    assert queries.open_presences(person.id, place.here.authority.id, now=NOW + 31 * MINUTE) == []
    rows = [(row.subject, row.way, row.direction, row.flags) for row in scans()]
    assert rows == [(person.id, Way.VENUE, way, 0) for way in (Direction.IN, Direction.OUT)]
    assert ScanCount.objects.count() == 2


@pytest.mark.parametrize(("kind", "answer"), [("fever", Answer.STOP), ("close_contact", Answer.STOP)])
def test_the_level_of_this_moment_decides(canteen, kind, answer):
    place = canteen()
    person, token = place.somebody()
    recorded(person, kind, here=place.here)
    said = place.scanned(worker_on(token))
    assert (said.answer, said.reason, said.counts) == (answer, Reason.LEVEL, False)
    assert scans()[0].answer == answer


def test_of_whom_nothing_is_known_is_asked_and_kept(canteen):
    place = canteen()
    _person, token = making.on_a_phone(place.here, name="李强")
    said = place.scanned(worker_on(token))
    assert (said.answer, said.reason) == (Answer.ASK, Reason.LEVEL)
    assert len(scans()) == 1


class TestZhengzhou:
    """1,317 people turned red by a forwarded photograph of a venue's code; 871 were never in the city."""

    def forwarded(self, place, at=NOW, **more):
        """People elsewhere open the address on the photograph and tap."""
        tokens = [place.somebody(name=f"外地{number}")[1] for number in range(3)]
        return [place.scanned(worker_on(token), at=at, **more) for token in tokens]

    @pytest.mark.parametrize("check", ["rotating", "position", "guard"])
    def test_a_photograph_that_was_passed_on_makes_nobody_present(self, canteen, check):
        place = canteen(check)
        far = {"position": ZHENGZHOU} if check == "position" else {}
        for said in self.forwarded(place, **far):
            assert (said.answer, said.reason, said.counts) == (Answer.ASK, Reason.NOT_ON_THE_SPOT, False)
        assert {row.flags for row in scans()} == {MARKED}
        for row in scans():
            assert queries.open_presences(row.subject, place.here.authority.id, now=NOW + MINUTE) == []

    def test_a_photograph_of_the_screen_is_worth_nothing_a_minute_later(self, canteen):
        place = canteen("rotating")
        turn = turn_of(queries.screen_key_of(place.gate), NOW)
        worker = worker_on(place.somebody()[1])
        on_the_spot = place.opened(worker, turn=turn)
        assert place.scanned(worker, on_the_spot, at=NOW + MINUTE).counts
        late = NOW + MINUTE
        elsewhere = place.opened(worker, turn=turn, at=late)
        assert not place.scanned(worker, elsewhere, at=late).counts

    def test_at_the_place_the_same_scan_counts(self, canteen):
        place = canteen("position")
        assert place.scanned(worker_on(place.somebody()[1]), position=THERE).counts

    def test_who_does_not_say_where_he_is_is_kept_and_not_counted(self, canteen):
        place = canteen("position")
        said = place.scanned(worker_on(place.somebody()[1]))
        assert (said.reason, said.counts, len(scans())) == (Reason.NOT_ON_THE_SPOT, False, 1)

    def test_a_red_person_elsewhere_is_still_told_of_the_level(self, canteen):
        place = canteen("position")
        person, token = place.somebody()
        recorded(person, "fever", here=place.here)
        said = place.scanned(worker_on(token), position=ZHENGZHOU)
        assert (said.answer, said.reason, said.counts) == (Answer.STOP, Reason.LEVEL, False)
        assert scans()[0].flags == MARKED


def test_a_page_is_good_once(canteen):
    place = canteen()
    worker = worker_on(place.somebody()[1])
    opened = place.opened(worker)
    assert place.scanned(worker, opened).counts
    again = place.scanned(worker, opened, at=NOW + MINUTE)
    assert (again.answer, again.reason, again.counts) == (Answer.STOP, Reason.USED_ELSEWHERE, False)
    assert [row.flags for row in scans()] == [0, MARKED]
    assert VenueCheck.objects.count() == 1


def test_a_page_that_was_passed_on_to_another_phone_is_refused_and_stays_good_for_the_first(canteen):
    place = canteen()
    mine, hers = (worker_on(place.somebody(name=name)[1]) for name in ("王芳", "李强"))
    opened = place.opened(mine)
    refused = place.scanned(hers, opened)
    assert (refused.reason, refused.counts) == (Reason.USED_ELSEWHERE, False)
    assert place.scanned(mine, opened).counts
    assert {row.subject: row.flags for row in scans()} == {mine.person_id: 0, hers.person_id: MARKED}


def test_a_page_is_too_old_after_the_playbook_s_minutes(canteen):
    place = canteen()
    worker = worker_on(place.somebody()[1])
    opened = place.opened(worker)
    late = place.scanned(worker, opened, at=NOW + 3 * MINUTE + timedelta(seconds=1))
    assert (late.reason, late.counts) == (Reason.OLD, False)
    assert place.scanned(worker, opened, at=NOW + 3 * MINUTE).counts


def test_what_was_not_handed_out_here_is_refused(canteen):
    place = canteen()
    worker = worker_on(place.somebody()[1])
    for opened in ("", "x", place.opened(worker)[:-2]):
        with pytest.raises(Invalid) as refused:
            place.scanned(worker, opened)
        assert refused.value.code == "bad_opening"
    assert scans() == []


def test_an_opening_of_another_venue_is_refused(canteen):
    place = canteen()
    other = making.opened(place.here, name="二号食堂")
    worker = worker_on(place.somebody()[1])
    said = place.scanned(worker, other.opened(worker))
    assert said.reason is Reason.USED_ELSEWHERE


def test_a_phone_of_another_authority_is_refused(canteen):
    place = canteen()
    there = making.district("none", "south")
    with acting_for(there.authority.id):
        _person, token = making.on_a_phone(there, name="赵敏")
        worker = worker_on(token)
        with pytest.raises(Invalid) as refused:
            operations.scan_venue(place.poster, "x", Direction.IN, worker=worker, now=NOW)
    assert refused.value.code == "another_authority"


def test_a_renewed_poster_ends_the_old_one_and_its_screen(canteen):
    place = canteen("rotating")
    worker = worker_on(place.somebody()[1])
    before = queries.screen_key_of(place.gate)
    fresh = operations.renew_poster(place.gate.id, actor=acting(place.here, KEEP), now=NOW)
    with pytest.raises(PosterGone):
        place.scanned(worker)
    place.gate.refresh_from_db()
    assert queries.find_venue(place.poster) is None
    assert queries.poster_of(place.gate) == fresh
    old_turn = place.opened(worker, turn=turn_of(before, NOW))
    assert not place.scanned(worker, old_turn, poster=fresh).counts
    assert AuditEntry.objects.filter(action="passage.renew_poster").count() == 2


def test_a_closed_venue_has_no_page(canteen):
    place = canteen()
    close_gate(place.gate.id, actor=acting(place.here, KEEP), now=NOW)
    assert queries.find_venue(place.poster) is None
    with pytest.raises(Conflict):
        operations.renew_poster(place.gate.id, actor=acting(place.here, KEEP), now=NOW)


def test_a_poster_cannot_be_printed_again_after_the_server_s_key_changed_and_works_on(canteen, settings):
    place = canteen()
    settings.SECRET_KEY = "another key of this installation"
    assert queries.poster_of(place.gate) is None
    assert queries.find_venue(place.poster) == place.gate


def test_a_venue_of_one_direction_takes_no_other(canteen):
    place = canteen(directions=Directions.IN)
    with pytest.raises(Invalid) as refused:
        place.scanned(worker_on(place.somebody()[1]), leaving=True)
    assert refused.value.code == "bad_direction"


def test_only_who_keeps_gates_renews_a_poster(canteen):
    place = canteen()
    for permissions in ((SEE,), (GUARD,)):
        with pytest.raises(NotPermitted):
            operations.renew_poster(place.gate.id, actor=acting(place.here, *permissions), now=NOW)


class TestGuard:
    @pytest.fixture
    def scanned(self, canteen):
        place = canteen("guard")
        person, token = place.somebody(name="王芳")
        place.scanned(worker_on(token))
        return place, person, scans()[0]

    def test_what_a_guard_confirms_counts_from_the_moment_of_the_scan(self, scanned):
        place, person, scan = scanned
        assert operations.confirm_presence(
            place.gate.id, scan.at, scan.nonce, actor=place.guard(), now=NOW + MINUTE
        )
        inside = queries.open_presences(person.id, place.here.authority.id, now=NOW + MINUTE)
        assert inside == [(place.gate, NOW)]
        row = Scan.objects.get(way=Way.BY_HAND)
        assert (row.answer, row.reason, row.flags, row.subject) == (Answer.ALLOW, Reason.FREE, 0, person.id)

    def test_twice_is_once(self, scanned):
        place, _person, scan = scanned
        given = (place.gate.id, scan.at, scan.nonce)
        assert operations.confirm_presence(*given, actor=place.guard(), now=NOW)
        assert not operations.confirm_presence(*given, actor=place.guard(), now=NOW + MINUTE)
        assert Scan.objects.filter(way=Way.BY_HAND).count() == 1

    def test_the_list_of_who_came_says_what_is_confirmed(self, scanned):
        place, _person, scan = scanned
        guard = place.guard()
        (before,) = queries.came_lately(place.gate, actor=guard, now=NOW + MINUTE)
        assert (before.name, before.may_confirm) == ("王芳", True)
        operations.confirm_presence(place.gate.id, scan.at, scan.nonce, actor=guard, now=NOW)
        (after,) = queries.came_lately(place.gate, actor=guard, now=NOW + MINUTE)
        assert (after.may_confirm, after.is_confirmed) == (False, True)
        assert queries.came_lately(place.gate, actor=guard, now=NOW + 31 * MINUTE) == []

    def test_a_red_person_is_confirmed_to_be_there_and_still_stopped(self, scanned):
        place, person, scan = scanned
        recorded(person, "fever", here=place.here)
        operations.confirm_presence(place.gate.id, scan.at, scan.nonce, actor=place.guard(), now=NOW)
        assert Scan.objects.get(way=Way.BY_HAND).answer == Answer.STOP

    def test_too_late_is_refused(self, scanned):
        place, _person, scan = scanned
        with pytest.raises(Conflict) as refused:
            operations.confirm_presence(
                place.gate.id, scan.at, scan.nonce, actor=place.guard(), now=NOW + 31 * MINUTE
            )
        assert refused.value.code == "too_late"

    def test_what_is_none_or_another_s_is_not_there(self, scanned):
        place, _person, scan = scanned
        with pytest.raises(NotFound):
            operations.confirm_presence(place.gate.id, scan.at, scan.nonce + 1, actor=place.guard(), now=NOW)
        with pytest.raises(NotPermitted):
            operations.confirm_presence(
                place.gate.id, scan.at, scan.nonce, actor=acting(place.here, SEE, KEEP), now=NOW
            )

    def test_no_guard_makes_a_page_good_that_was_passed_on(self, canteen):
        place = canteen("guard")
        worker = worker_on(place.somebody()[1])
        opened = place.opened(worker)
        place.scanned(worker, opened)
        place.scanned(worker, opened, at=NOW + MINUTE)
        second = scans()[1]
        with pytest.raises(Conflict) as refused:
            operations.confirm_presence(
                place.gate.id, second.at, second.nonce, actor=place.guard(), now=NOW + MINUTE
            )
        assert refused.value.code == "nothing_to_confirm"


def test_what_was_shown_to_be_there_needs_no_confirmation(canteen):
    place = canteen()
    place.scanned(worker_on(place.somebody()[1]))
    scan = scans()[0]
    with pytest.raises(Conflict):
        operations.confirm_presence(place.gate.id, scan.at, scan.nonce, actor=place.guard(), now=NOW)
