"""Several at once, each on a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

PATIENCE = 20


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """All start together; gives what each returned or raised."""
    ready = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        ready.wait(PATIENCE)
        return _outcome(work)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


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
