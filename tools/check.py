"""The quality gates of the house, one after another; all run, each failure is told. `make check`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Gate:
    name: str
    command: Sequence[str]
    quick: bool = False


GATES = (
    Gate("format", [f"{BIN}/ruff", "format", "--check", "--quiet", "."], quick=True),
    Gate("lint", [f"{BIN}/ruff", "check", "--quiet", "."], quick=True),
    Gate("templates", [f"{BIN}/djlint", "fugong/templates", "--lint", "--quiet"], quick=True),
    Gate("layers", [f"{BIN}/lint-imports", "--no-logo"], quick=True),
    Gate("sizes and names", [PYTHON, "tools/sizes.py"], quick=True),
    Gate("types", [f"{BIN}/mypy", "fugong", "tools", "tests"]),
    Gate("messages", [PYTHON, "tools/messages.py", "check"]),
    Gate("playbooks", [PYTHON, "-m", "fugong.cli", "playbook", "check"]),
    Gate("migrations", [PYTHON, "tools/migrations.py"]),
    Gate("documents", [PYTHON, "tools/docs.py", "check"]),
)


def main() -> int:
    gates = [gate for gate in GATES if gate.quick] if "--quick" in sys.argv else list(GATES)
    failed = [gate.name for gate in gates if not _passes(gate)]
    if failed:
        print(f"check: {', '.join(failed)} failed", file=sys.stderr)
    return 1 if failed else 0


def _passes(gate: Gate) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        gate.command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **_quiet()}
    )
    took = time.monotonic() - started
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {gate.name} ({took:.1f} s)", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr, file=sys.stderr)
    return done.returncode == 0


def _quiet() -> dict[str, str]:
    return {"NO_COLOR": "1", "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    sys.exit(main())
