"""Counts to their hours: a row of them for each statement of scans costs little, adding each would not."""

from __future__ import annotations

import asyncio
import logging
from typing import Final
from uuid import UUID

import psycopg

from fugong.passage.ingest.session import Session
from fugong.passage.ingest.writer import PATIENCE, Writer

log = logging.getLogger(__name__)
EVERY: Final = 1.0
"""Seconds."""
NAME: Final = b"fold"
FOLD: Final = b"""
with gone as (delete from passage_tally where authority_id = $1::uuid returning *),
line as (
    select each.* from gone, unnest(gates, hours, directions, answers, kinds, scans)
           each (gate, hour, direction, answer, kind, scans)
)
insert into passage_count (authority_id, gate, hour, direction, answer, subject_kind, scans)
select $1::uuid, gate, hour, direction, answer, kind, sum(scans)
  from line group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
    on conflict (authority_id, gate, hour, direction, answer, subject_kind)
    do update set scans = passage_count.scans + excluded.scans
"""


class Folder:
    """Of one authority, beside its writer: by a session of its own, so that no scan waits for it."""

    def __init__(self, authority: UUID, conninfo: str, writer: Writer, *, every: float = EVERY) -> None:
        self._authority, self._conninfo, self._writer, self._every = authority, conninfo, writer, every
        self._session: Session | None = None
        self._folded = -1

    @property
    def is_done(self) -> bool:
        """Whether all that was written is counted at its hour."""
        return self._folded == self._writer.written

    async def run(self) -> None:
        """Until it is cancelled. What cannot be folded now is folded later: it is stored."""
        try:
            while True:
                if not self.is_done:
                    await self._fold()
                await asyncio.sleep(self._every)
        finally:
            self._lose_session()

    async def _fold(self) -> None:
        written = self._writer.written
        try:
            if self._session is None:
                self._session = await Session.opened(
                    self._conninfo, self._authority, {NAME: FOLD}, patience=PATIENCE
                )
            await self._session.execute(NAME, [self._authority.bytes])
            self._folded = written
        except psycopg.Error as error:
            log.warning("counts wait to be folded: %s", error)
            self._lose_session()

    def _lose_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()
