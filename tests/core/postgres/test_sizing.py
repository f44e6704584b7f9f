"""What the server may take of a machine."""

from __future__ import annotations

from collections import namedtuple

import pytest

from fugong.core.postgres import sizing
from fugong.core.postgres.sizing import MB, size_settings

Disk = namedtuple("Disk", "total")


@pytest.mark.parametrize(
    ("memory", "disk", "buffers", "log"),
    [
        (512, 4_000, "128MB", "1024MB"),
        (4_096, 100_000, "1024MB", "2000MB"),
        (262_144, 4_000_000, "2048MB", "4096MB"),
    ],
    ids=["small", "office PC", "large"],
)
def test_sizes_when_machines_differ_then_a_share_within_limits(
    monkeypatch, tmp_path, memory, disk, buffers, log
):
    told = {"SC_PAGE_SIZE": MB, "SC_PHYS_PAGES": memory}
    monkeypatch.setattr(sizing.os, "sysconf", told.__getitem__)
    monkeypatch.setattr(sizing.shutil, "disk_usage", lambda _path: Disk(disk * MB))
    settings = size_settings(tmp_path)
    assert (settings["shared_buffers"], settings["max_wal_size"]) == (buffers, log)
    assert settings["min_wal_size"] == "1024MB"
