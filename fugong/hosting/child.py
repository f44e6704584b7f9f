"""Becomes a program that ends when its parent does; run as a script between the supervisor and the program.

Here and not in subprocess's preexec_fn, which may deadlock when the parent has threads. Started by path in
an isolated interpreter, so it may import nothing of Fugong.
Arguments: parent's process number, program, the program's arguments.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: str, *command: str) -> None:
    if sys.platform == "linux":
        # A parent killed by -9 leaves no orphan behind that holds the port.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):  # it died before the line above
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 the supervisor names the program


if __name__ == "__main__":
    main(*sys.argv[1:])
