"""The statement of the gate process: any interleaving of scans and their repetitions gives the same rows."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fugong.core.tenancy import acting_for
from fugong.passage.ingest import arrays
from fugong.passage.ingest.arrays import NULL, SMALL
from fugong.passage.ingest.folding import Folder
from fugong.passage.ingest.writer import Overloaded, Writer
from fugong.passage.models import Scan, ScanCount, Tally
from tests import server
from tests.accounts import making as accounts

pytestmark = pytest.mark.committed
AT = int(datetime(2022, 4, 27, 2, 0, tzinfo=UTC).timestamp()) * 1_000_000
HOUR = 3_600_000_000
_numbers = count(1)
DEVICE, PERSON = UUID(int=5), UUID(int=6)

scans = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(-3, 3), st.integers(1, 3)), max_size=40
)


class Told:
    def __init__(self) -> None:
        self.all: Counter[str] = Counter()

    def kept(self) -> None:
        self.all["kept"] += 1

    def refused(self) -> None:
        self.all["refused"] += 1

    def not_kept(self) -> None:
        self.all["not kept"] += 1


def row(gate: int, hour: int, nonce: int, answer: int) -> tuple[bytes, ...]:
    at = arrays.moment(AT + hour * HOUR)
    who = arrays.uuid(PERSON.bytes) if nonce else NULL
    cells = [SMALL[1], SMALL[1], SMALL[1], SMALL[answer], SMALL[0], SMALL[0], NULL]
    return (arrays.int4(gate), at, arrays.int8(nonce), at, arrays.uuid(DEVICE.bytes), who, *cells)


def conninfo() -> str:
    where = server.address()
    name = connection.settings_dict["NAME"]
    return f"host={where['host']} port={where['port']} user=fugong_app dbname={name}"


def writer_of(authority: UUID) -> Writer:
    return Writer(authority, conninfo())


async def written(by: Writer, batches: list[list[tuple[bytes, ...]]]) -> Counter[str]:
    told, running = Told(), asyncio.create_task(by.run())
    for batch in batches:
        for each in batch:
            by.put(each, told)
        await asyncio.sleep(0)
    while by.is_busy:
        await asyncio.sleep(0.002)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return told.all


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(scans=scans, chance=st.randoms())
def test_scans_when_written_in_any_order_and_again_then_stored_and_counted_once(committed_db, scans, chance):
    authority = accounts.authority(f"authority-{next(_numbers)}")
    distinct = {each[:3]: each for each in scans}
    sent = [*distinct.values(), *list(distinct.values())[::2]]
    chance.shuffle(sent)
    half = len(sent) // 2
    told = asyncio.run(
        written(
            writer_of(authority.id), [[row(*each) for each in part] for part in (sent[:half], sent[half:])]
        )
    )
    assert told == Counter(kept=len(sent)) if sent else not told
    with acting_for(authority.id):
        stored = Counter(Scan.objects.values_list("gate", "nonce", "answer"))
        counted = sum(ScanCount.objects.values_list("scans", flat=True))
        counted += sum(map(sum, Tally.objects.values_list("scans", flat=True)))
    assert stored == Counter((gate, nonce, answer) for gate, _hour, nonce, answer in distinct.values())
    assert counted == len(distinct)


def test_row_when_the_database_will_not_have_it_then_its_neighbours_are_kept(committed_db):
    authority = accounts.authority()
    bad = (*row(1, 0, 9, 1)[:4], NULL, *row(1, 0, 9, 1)[5:])
    told = asyncio.run(written(writer_of(authority.id), [[row(1, 0, 1, 1), bad, row(1, 0, 2, 1)]]))
    assert told == Counter(kept=2, refused=1)
    with acting_for(authority.id):
        assert set(Scan.objects.values_list("nonce", flat=True)) == {1, 2}


def test_row_when_written_for_one_authority_then_no_other_sees_it(committed_db):
    one, other = accounts.authority("one"), accounts.authority("other")
    wrong = writer_of(one.id)
    for lane in wrong.lanes:
        lane._authority = other.id
    told = asyncio.run(written(wrong, [[row(1, 0, 1, 1)]]))
    assert told["kept"] == 1
    with acting_for(one.id):
        assert not Scan.objects.exists()


def test_room_when_too_many_wait_then_told_to_come_back():
    full = Writer(UUID(int=1), "")
    full.check_room(20_000)
    with pytest.raises(Overloaded):
        full.check_room(20_001)


def test_counts_when_folded_then_stand_at_their_hours_and_nowhere_else(committed_db):
    authority = accounts.authority()
    rows = [[row(1, 0, 1, 1), row(1, 0, 2, 1), row(1, 1, 3, 1)], [row(1, 0, 4, 1), row(2, 0, 5, 3)]]

    async def counted() -> None:
        by = writer_of(authority.id)
        folder = Folder(authority.id, conninfo(), by, every=0.0)
        folding = asyncio.create_task(folder.run())
        await written(by, rows)
        while not folder.is_done:
            await asyncio.sleep(0.002)
        folding.cancel()
        await asyncio.gather(folding, return_exceptions=True)

    asyncio.run(counted())
    with acting_for(authority.id):
        lines = list(ScanCount.objects.order_by("gate", "hour").values_list("gate", "answer", "scans"))
        assert (lines, Tally.objects.count()) == ([(1, 1, 3), (1, 1, 1), (2, 3, 1)], 0)


def test_batch_when_a_scan_of_it_was_sent_before_then_written_with_care_and_so_are_the_next(committed_db):
    authority = accounts.authority()
    first, second = writer_of(authority.id), writer_of(authority.id)
    assert asyncio.run(written(first, [[row(1, 0, 1, 1), row(1, 0, 2, 1)]])) == Counter(kept=2)
    assert all(lane._careful_until == 0.0 for lane in first.lanes)
    assert asyncio.run(written(second, [[row(1, 0, 2, 1), row(1, 0, 3, 1)]])) == Counter(kept=2)
    assert any(lane._careful_until > 0.0 for lane in second.lanes)
    with acting_for(authority.id):
        assert Counter(Scan.objects.values_list("nonce", flat=True)) == Counter((1, 2, 3))


def test_scans_when_many_wait_then_two_sessions_write_and_each_is_stored_once(committed_db):
    authority = accounts.authority()
    by = writer_of(authority.id)
    batch = [row(1, 0, nonce, 1) for nonce in range(1, 9_001)]
    assert asyncio.run(written(by, [batch, batch[:500]])) == Counter(kept=9_500)
    assert all(lane.written for lane in by.lanes)
    with acting_for(authority.id):
        assert Scan.objects.count() == 9_000


def test_writer_when_one_lane_has_lost_the_database_then_well_as_soon_as_another_has_written(committed_db):
    authority = accounts.authority()
    by = writer_of(authority.id)
    by.lanes[1]._is_tried(is_well=False)
    assert not by.is_well
    assert asyncio.run(written(by, [[row(1, 0, 1, 1)]])) == Counter(kept=1)
    assert by.is_well
