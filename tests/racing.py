"""Several at once, each on a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep
from typing import Any

from django.db import connection, connections, transaction

PATIENCE = 20


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """All start together; gives what each returned or raised."""
    ready = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        ready.wait(PATIENCE)
        return _outcome(work)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def behind(hold: Callable[[], Any], *works: Callable[[], Any]) -> list[Any]:
    """All come to wait for what `hold` locks, in a transaction then undone: none runs after another."""
    with ThreadPoolExecutor(len(works)) as pool:
        with transaction.atomic():
            hold()
            begun = [pool.submit(_outcome, work) for work in works]
            _wait_for_waiting(len(works))
            transaction.set_rollback(True)
        return [each.result(PATIENCE) for each in begun]


def _wait_for_waiting(many: int) -> None:
    end = monotonic() + PATIENCE
    while _count_waiting() < many:
        if monotonic() > end:
            raise TimeoutError(f"{_count_waiting()} of {many} wait for a lock")
        sleep(0.01)


def _count_waiting() -> int:
    """The activity is a snapshot within a transaction, so it is cleared before each look."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and cardinality(pg_blocking_pids(pid)) > 0"
        )
        return int(cursor.fetchone()[0])


def beside(work: Callable[[], Any]) -> Future[Any]:
    """Begins at once in a thread; `.result()` gives what it returned or raised."""
    pool = ThreadPoolExecutor(1)
    begun = pool.submit(_outcome, work)
    pool.shutdown(wait=False)
    return begun


def _outcome(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:
        return error
    finally:
        connections.close_all()
