"""File locks. The kernel frees them at death, so they never need cleaning up.

Two of them guard a cluster. `starting` is held while a process decides and starts. `serving` is
inherited by every process of the server and by nothing else: it is free exactly when the last
backend has gone, also where process numbers say nothing (zombies, reused numbers, another
container on the same directory).
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.pace import Pace, Say


@contextmanager
def starting(root: Path, *, say: Say) -> Iterator[None]:
    handle = open_lock(root / "starting.lock")
    pace = Pace(say, "Waiting for another program that is starting this database")
    try:
        while not try_lock(handle):
            pace.tick()
        yield
    finally:
        os.close(handle)


@contextmanager
def serving(root: Path) -> Iterator[int | None]:
    """The locked handle to hand to the server, or None while a server process lives."""
    handle = open_lock(root / "serving.lock")
    try:
        yield handle if try_lock(handle) else None
    finally:
        os.close(handle)


def is_served(root: Path) -> bool:
    """Whether a server process lives; false for a directory that never had one."""
    if not (root / "serving.lock").exists():
        return False
    with serving(root) as handle:
        return handle is None


def open_lock(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        # Root in a user's directory must not leave behind what that user cannot open.
        parent = path.parent.stat()
        os.fchown(handle, parent.st_uid, parent.st_gid)
    return handle


def try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            return False
        raise DatabaseFault(
            f"File locks do not work where FUGONG_HOME is ({error.strerror}). "
            "Put FUGONG_HOME on a local disk."
        ) from error
    return True
