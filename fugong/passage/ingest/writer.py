"""Group commit: all that has come while the last commit ran is the next statement.

No timer and no size to tune: alone, a scan is written at once; under load the batch grows by itself until a
commit's fixed cost is nothing. What waits is bounded in number and in time; beyond either the gate is told to
come back, and decides by itself meanwhile.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Final
from uuid import UUID

from fugong.passage.ingest.lane import Lane, Row, Waiter, not_kept

MOST_AT_ONCE: Final = 4_000
"""Rows of one statement: some 40 ms of the database, so that no answer waits for long behind others."""
MOST_WAITING: Final = 20_000
PATIENCE: Final = 5.0
"""Seconds after which nothing is promised any more of a scan not written: the gate will send it again."""
LANES: Final = 2
"""The second one writes while the first one's commit is under way."""
MANY: Final = 64
"""Rows for which the other lanes are worth a statement of their own."""


class Overloaded(Exception):
    """More waits than will be written in time."""


class Writer:
    """Of one authority."""

    def __init__(
        self, authority: UUID, conninfo: str, *, patience: float = PATIENCE, lanes: int = LANES
    ) -> None:
        self._patience = patience
        self.lanes = [Lane(authority, conninfo, patience) for _ in range(lanes)]
        self._rows: list[Row] = []
        self._waiters: list[Waiter] = []
        self._since = 0.0
        self._some, self._many = asyncio.Event(), asyncio.Event()

    @property
    def waits(self) -> int:
        return len(self._rows)

    @property
    def is_busy(self) -> bool:
        return bool(self._rows) or any(lane.is_writing for lane in self.lanes)

    @property
    def is_well(self) -> bool:
        """By what was tried last: the other lanes may have nothing to do for hours."""
        return max(self.lanes, key=lambda lane: lane.tried_at).is_well

    @property
    def written(self) -> int:
        return sum(lane.written for lane in self.lanes)

    @property
    def statements(self) -> int:
        return sum(lane.statements for lane in self.lanes)

    @property
    def failed(self) -> int:
        return sum(lane.failed for lane in self.lanes)

    def check_room(self, count: int = 1) -> None:
        """Raises Overloaded."""
        if len(self._rows) + count > MOST_WAITING:
            raise Overloaded()

    def put(self, row: Row, waiter: Waiter) -> None:
        """Where there is room."""
        rows = self._rows
        rows.append(row)
        self._waiters.append(waiter)
        if len(rows) == 1:
            self._since = monotonic()
            self._some.set()
        elif len(rows) == MANY:
            self._many.set()

    async def run(self) -> None:
        """Until it is cancelled; then nothing is promised of what waits."""
        first, *others = self.lanes
        work = [
            asyncio.create_task(self._expire()),
            asyncio.create_task(self._serve(first, self._some)),
            *(asyncio.create_task(self._serve(lane, self._many)) for lane in others),
        ]
        try:
            await asyncio.gather(*work)
        finally:
            for task in work:
                task.cancel()
            self._drop_all()
            for lane in self.lanes:
                lane.close()

    async def _serve(self, lane: Lane, wanted: asyncio.Event) -> None:
        while True:
            await wanted.wait()
            # Another lane may have been quicker.
            if self._rows:
                since, (rows, waiters) = self._since, self._taken()
                await lane.write(rows, waiters, since)

    def _taken(self) -> tuple[list[Row], list[Waiter]]:
        """As many as one statement takes, those that wait longest."""
        rows, waiters = self._rows, self._waiters
        self._rows, self._waiters = rows[MOST_AT_ONCE:], waiters[MOST_AT_ONCE:]
        self._show_what_waits()
        return rows[:MOST_AT_ONCE], waiters[:MOST_AT_ONCE]

    def _show_what_waits(self) -> None:
        for event, number in ((self._some, 1), (self._many, MANY)):
            if len(self._rows) < number:
                event.clear()

    async def _expire(self) -> None:
        """Nobody waits longer than `patience`, whatever the database is doing.

        What came later goes with what waits longest: a database that stands still serves neither.
        """
        while True:
            await asyncio.sleep(self._patience / 10)
            if self._rows and monotonic() - self._since > self._patience:
                self._drop_all()

    def _drop_all(self) -> None:
        self._rows = []
        waiters, self._waiters = self._waiters, []
        self._show_what_waits()
        not_kept(waiters)
