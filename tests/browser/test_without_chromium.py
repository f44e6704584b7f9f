"""Without a Chromium the browser tests do not skip: they fail, and say what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools import system

ROOT = Path(__file__).parents[2]
ONE = "tests/browser/test_door.py::test_language_switch_keeps_the_page"


def test_browser_tests_without_a_chromium_fail_with_one_sentence() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", ONE],
        cwd=ROOT,
        env={**os.environ, "FUGONG_CHROMIUM": "/nowhere/chromium"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert system.WHAT_TO_DO in ran.stdout
    assert "1 error" in ran.stdout
