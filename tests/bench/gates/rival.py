"""`python -m tests.bench.gates.rival PORT`: the plain view under the product's own web server."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

TARGET = "tests.bench.gates.plain:application"


def load(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    settings.ROOT_URLCONF = module
    settings.MIDDLEWARE = []
    django.setup()
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return application


if __name__ == "__main__":
    Granian(
        TARGET,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        blocking_threads_idle_timeout=600,
        websockets=False,
    ).serve(target_loader=load)
