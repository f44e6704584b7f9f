"""The web server's main process: `python -m fugong.hosting.web '{"address": …}'`."""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from granian import Granian
from granian.constants import Interfaces
from granian.constants import SSLProtocols as Protocols
from granian.log import LogLevels

TARGET: Final = "fugong.wsgi:application"
THREADS_A_CORE: Final = 2
PR_SET_PDEATHSIG: Final = 1


def command(
    *, address: str, port: int, workers: int, certificate: Path | None = None, key: Path | None = None
) -> list[str]:
    options = {"address": address, "port": port, "workers": workers}
    files = {"certificate": str(certificate), "key": str(key)} if certificate and key else {}
    return [sys.executable, "-m", "fugong.hosting.web", json.dumps(options | files)]


def main(options: dict[str, Any]) -> None:
    certificate, key = options.get("certificate"), options.get("key")
    Granian(
        TARGET,
        address=options["address"],
        port=options["port"],
        interface=Interfaces.WSGI,
        workers=options["workers"],
        blocking_threads=(os.cpu_count() or 1) * THREADS_A_CORE,
        # Each thread keeps its own connection to the database: short lives would be many connections.
        blocking_threads_idle_timeout=600,
        websockets=False,
        log_level=LogLevels.warning,
        ssl_cert=Path(certificate) if certificate else None,
        ssl_key=Path(key) if key else None,
        ssl_protocol_min=Protocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
    ).serve(target_loader=_load)


def _load(target: str) -> Callable[..., Any]:
    """Runs in each of the server's worker processes, which otherwise would outlive a killed main process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return application


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
