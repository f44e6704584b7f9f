"""How many are let in, by the clock."""

from __future__ import annotations

import pytest

from fugong.passage.ingest import server
from fugong.passage.ingest.server import Admission


@pytest.fixture
def clock(monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(server, "monotonic", lambda: moment[0])
    return moment


def test_scans_when_three_times_too_many_then_the_cap_is_kept_within_a_tenth(clock):
    admission, taken = Admission(3_000), 0
    for _scan in range(90_000):
        clock[0] += 1 / 9_000
        taken += admission.takes(1)
    assert 0.9 * 30_000 <= taken <= 1.1 * 30_000


def test_batches_when_larger_than_what_is_let_in_at_once_then_still_let_in_sometimes(clock):
    admission, taken = Admission(50), 0
    for _batch in range(1_000):
        clock[0] += 0.1
        taken += 100 * admission.takes(100)
    assert 0.9 * 5_000 <= taken <= 1.1 * 5_000


def test_scans_when_there_is_no_cap_then_all():
    assert all(Admission(None).takes(100) for _ in range(10_000))
