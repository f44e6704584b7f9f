"""Children that die, that do not want to end, and that start anew. Real processes, short-lived."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from fugong.hosting import children
from fugong.hosting.children import Child, end_all
from fugong.hosting.signals import requests_to_end

from .conftest import lives, wait_until

SLEEP = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
FAIL = [sys.executable, "-S", "-c", "raise SystemExit(3)"]
DEAF = [sys.executable, "-S", "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"]


@pytest.fixture
def said():
    return []


@pytest.fixture
def child(said):
    started = []

    def make(command):
        one = Child("The child", command, say=said.append)
        started.append(one)
        one.start()
        return one

    yield make
    for one in started:
        one.end_now()


def deaths(child, number):
    """Looks after it as the server does, until it has died so often."""
    seen = 0
    end = time.monotonic() + 30
    while seen < number and time.monotonic() < end:
        was_alive = child.pid is not None
        child.look_after()
        seen += was_alive and child.pid is None
        time.sleep(0.005)
    assert seen == number


def test_a_child_that_dies_again_and_again_is_started_ever_more_slowly(child, said, monkeypatch):
    monkeypatch.setattr(children, "LONGEST_PAUSE", 0.15)
    one = child(FAIL)
    one._pause = 0.05
    deaths(one, 4)
    assert [sentence.partition("; ")[2] for sentence in said] == [
        f"it is started again in {pause} s." for pause in ("0.05", "0.1", "0.15", "0.15")
    ]
    assert said[0].startswith("The child ended (exit code 3)")


def test_a_child_that_lived_long_is_started_again_soon(child, said, monkeypatch):
    one = child(SLEEP)
    one._pause = 16.0
    monkeypatch.setattr(children, "STEADY_AFTER", 0.0)
    os.kill(one.pid, signal.SIGKILL)
    deaths(one, 1)
    assert said == ["The child ended (killed by SIGKILL); it is started again in 0.5 s."]


def test_a_child_that_does_not_end_is_killed_when_patience_is_over(child):
    one, other = child(DEAF), child(SLEEP)
    pids = [one.pid, other.pid]
    time.sleep(0.3)
    began = time.monotonic()
    end_all([one, other], patience=0.5)
    assert 0.4 < time.monotonic() - began < 5
    assert not [pid for pid in pids if lives(pid)]


def test_hurry_ends_the_patience(child):
    one = child(DEAF)
    time.sleep(0.3)
    began = time.monotonic()
    end_all([one], patience=60, hurry=lambda: True)
    assert time.monotonic() - began < 5


def test_a_restart_is_another_process_at_once(child, said):
    one = child(SLEEP)
    before = one.pid
    one.restart(patience=5)
    assert one.is_alive
    assert one.pid != before
    assert said == []


def test_what_a_child_left_behind_ends_with_it(child, tmp_path):
    note = tmp_path / "pid"
    left = f"import subprocess; open({str(note)!r}, 'w').write(str(subprocess.Popen(['sleep', '60']).pid))"
    one = child([sys.executable, "-c", f"{left}; import time; time.sleep(60)"])
    wait_until(lambda: note.exists() and note.read_text())
    grandchild = int(note.read_text())
    assert lives(grandchild)
    end_all([one], patience=5)
    wait_until(lambda: not lives(grandchild), 5)


def test_signals_are_counted_and_interrupt_nothing():
    with requests_to_end() as requests:
        assert not requests.wait(0)
        os.kill(os.getpid(), signal.SIGTERM)
        assert requests.wait(5)
        assert not requests.is_urgent()
        os.kill(os.getpid(), signal.SIGINT)
        wait_until(requests.is_urgent, 5)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
