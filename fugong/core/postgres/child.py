"""Becomes the PostgreSQL server; run as a script between the launcher and the server.

Here and not in subprocess's preexec_fn, which may deadlock when the parent has threads. Started
by path in an isolated interpreter, so it may import nothing of Fugong.
Arguments: parent's process number, uid, gid, program, the program's arguments.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: str, uid: str, gid: str, *command: str) -> None:
    os.umask(0o077)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    # After setuid, which clears it: a parent killed by -9 takes the server along, in good order.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != int(parent):  # it died before the line above
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 the launcher names the program


if __name__ == "__main__":
    main(*sys.argv[1:])
