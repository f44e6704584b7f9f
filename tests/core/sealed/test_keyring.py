"""The folder of master keys."""

import base64
import os
import stat
import threading
from pathlib import Path

import pytest

from fugong.core.sealed import KeyLost, KeyRingFault, add_master_key, key_ring


def test_first_use_makes_a_key_that_only_its_owner_can_read(keys: Path):
    ring = key_ring()
    (path,) = keys.glob("*.key")
    assert path.name == "master-0001.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert len(ring.master(ring.current)) == 32
    assert base64.b64decode(path.read_bytes()) == ring.master(ring.current)
    assert list(keys.glob(".*")) == []


def test_ring_is_the_same_at_every_start(keys: Path):
    assert key_ring().current == key_ring().current
    assert len(list(keys.glob("*.key"))) == 1


def test_newest_key_is_current_and_old_ones_stay(keys: Path):
    first = key_ring().current
    add_master_key(keys)
    ring = key_ring()
    assert ring.current != first
    assert set(ring.keys) == {first, ring.current}


def test_missing_key_is_named_with_what_to_do(keys: Path):
    with pytest.raises(KeyLost, match=rf"0123456789abcdef is not in {keys}.*Put its file back"):
        key_ring().master("0123456789abcdef")


def test_key_put_back_is_found_without_a_restart(keys: Path):
    first = key_ring().current
    add_master_key(keys)
    away = keys.parent / "away.key"
    (keys / "master-0001.key").rename(away)
    with pytest.raises(KeyLost):
        key_ring().master(first)
    away.rename(keys / "master-0001.key")
    assert key_ring().master(first)


def test_key_that_others_can_read_is_refused(keys: Path):
    key_ring()
    (keys / "master-0001.key").chmod(0o640)
    add_master_key(keys)
    with pytest.raises(KeyRingFault, match="chmod 600"):
        key_ring()


@pytest.mark.parametrize("content", [b"", b"short", base64.b64encode(bytes(31)), b"\xff\xfe", b"****"])
def test_damaged_key_file_is_refused(keys: Path, content: bytes):
    keys.mkdir(mode=0o700)
    handle = os.open(keys / "master-0001.key", os.O_WRONLY | os.O_CREAT, 0o600)
    os.write(handle, content)
    os.close(handle)
    with pytest.raises(KeyRingFault, match="holds no master key"):
        key_ring()


def test_other_files_in_the_folder_are_left_alone(keys: Path):
    keys.mkdir(mode=0o700)
    (keys / "secret").write_text("the session key")
    (keys / "master-0001.key.bak").write_text("a copy")
    assert len(key_ring().keys) == 1


def test_two_first_starts_agree_on_one_key(keys: Path):
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(key_ring().current)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [key_ring().current] * 8
    assert len(key_ring().keys) == 1


def test_mac_differs_by_purpose_message_and_key(keys: Path):
    ring = key_ring()
    made = ring.mac("audit", b"m", fingerprint=ring.current)
    assert made == ring.mac("audit", b"m", fingerprint=ring.current)
    assert made != ring.mac("other", b"m", fingerprint=ring.current)
    assert made != ring.mac("audit", b"n", fingerprint=ring.current)
    add_master_key(keys)
    newer = key_ring()
    assert made != newer.mac("audit", b"m", fingerprint=newer.current)
