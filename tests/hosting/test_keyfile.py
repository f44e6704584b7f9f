"""The sealed file of keys, without processes."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest

from fugong.core.sealed.keyring import add_master_key
from fugong.hosting import keyfile
from fugong.hosting.faults import HostingFault

NOW = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
PASSPHRASE = "long enough to be one"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """The cost against guessing is real time; one test pays it."""
    monkeypatch.setattr(keyfile, "COST", 2**12)


@pytest.fixture
def folder(tmp_path):
    """A folder of keys as a deployment makes it."""
    keys = tmp_path / "keys"
    add_master_key(keys)
    add_master_key(keys)
    (keys / "secret").write_text("signs sessions")
    (keys / "https.key").write_text("made anew")
    return keys


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_written_is_read_with_the_passphrase_only(folder, tmp_path, monkeypatch):
    monkeypatch.undo()
    keys = keyfile.collect(folder)
    assert sorted(keys) == ["master-0001.key", "master-0002.key", "secret"]
    file = tmp_path / "keys.sealed"
    keyfile.write(file, keys, passphrase=PASSPHRASE)
    assert keyfile.read(file, passphrase=PASSPHRASE) == keys
    with pytest.raises(HostingFault, match="The passphrase is not the one"):
        keyfile.read(file, passphrase=f"{PASSPHRASE} ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [key for key in keys.values() if key.strip() in file.read_bytes()]


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_file_altered_anywhere_is_refused(folder, tmp_path, line):
    file = tmp_path / "keys.sealed"
    keyfile.write(file, keyfile.collect(folder), passphrase=PASSPHRASE)
    lines = file.read_text().splitlines()
    lines[line] = ("B" if lines[line][0] == "A" else "A") + lines[line][1:]
    file.write_text("\n".join(lines))
    with pytest.raises(HostingFault, match="or the file is damaged"):
        keyfile.read(file, passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    "text", ["", "hello", "fugong keys 1\nAA==\nAA==", "fugong keys 2\nAA==\nAA==\nAA=="]
)
def test_another_file_is_refused(tmp_path, text):
    file = tmp_path / "other"
    file.write_text(text)
    with pytest.raises(HostingFault, match="cannot be read as a file of keys"):
        keyfile.read(file, passphrase=PASSPHRASE)


def test_a_short_passphrase_and_an_existing_file_are_refused(folder, tmp_path):
    keys = keyfile.collect(folder)
    with pytest.raises(HostingFault, match="at least 12 characters"):
        keyfile.write(tmp_path / "a", keys, passphrase="short")
    (tmp_path / "b").write_text("mine")
    with pytest.raises(HostingFault, match="exists already"):
        keyfile.write(tmp_path / "b", keys, passphrase=PASSPHRASE)
    assert (tmp_path / "b").read_text() == "mine"
    assert not (tmp_path / "a").exists()


def test_a_folder_without_keys_gives_no_file(tmp_path):
    with pytest.raises(HostingFault, match="There are no master keys"):
        keyfile.collect(tmp_path)


def test_keys_come_back_closed_to_others(folder, tmp_path):
    keys, empty = keyfile.collect(folder), tmp_path / "new"
    returned = keyfile.bring_back(keys, empty, now=NOW)
    assert contents(empty) == keys
    assert returned.added == ("master-0001.key", "master-0002.key", "secret")
    assert {stat.S_IMODE(path.stat().st_mode) for path in empty.iterdir()} == {0o600}
    assert stat.S_IMODE(empty.stat().st_mode) == 0o700


def test_bringing_back_twice_changes_nothing(folder):
    before = contents(folder)
    returned = keyfile.bring_back(keyfile.collect(folder), folder, now=NOW)
    assert (returned.added, returned.aside, contents(folder)) == ((), (), before)


def test_no_key_that_is_there_is_lost(folder, tmp_path):
    """A machine that ran without its keys has made new ones under the same names."""
    other = tmp_path / "other"
    add_master_key(other)
    (other / "secret").write_text("made meanwhile")
    before = contents(other)
    keys = keyfile.collect(folder)
    returned = keyfile.bring_back(keys, other, now=NOW)
    after = contents(other)
    assert set(before.values()) | set(keys.values()) == set(after.values())
    assert after["master-0001.key"] == before["master-0001.key"]
    assert after["secret"] == keys["secret"]
    assert returned.aside == ("secret.before-20260501093000",)


def test_the_newest_key_brought_back_is_the_newest_again(folder, tmp_path):
    """New values are then sealed under a key that is in the safe already."""
    other = tmp_path / "other"
    add_master_key(other)
    keys = keyfile.collect(folder)
    keyfile.bring_back(keys, other, now=NOW)
    newest = max(other.glob("master-*.key"))
    assert newest.read_bytes() == keys["master-0002.key"]
