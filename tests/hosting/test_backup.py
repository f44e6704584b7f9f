"""The drill: a deployment that lived, its backup and its keys, its loss, and its return."""

from __future__ import annotations

import io
import json
import shutil
import stat
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from .conftest import Deployment, copy_of

PASSPHRASE = "a passphrase for the drill"


@dataclass
class Kept:
    """A deployment that lived, and what was kept of it."""

    deployment: Deployment
    backup: Path
    keys: Path
    passphrase: Path
    looked: str
    said: str
    inodes: list[int]

    def is_untouched(self) -> bool:
        """The very same folders, where they were, and nothing beside them."""
        home = self.deployment.home
        return inodes_of(home) == self.inodes and not list(home.glob("replaced-*"))


@pytest.fixture(scope="module")
def kept(deployed: Deployment) -> Kept:
    """Made once; the tests bring it back into homes of their own."""
    folder = deployed.home.parent
    passphrase = folder / "passphrase"
    passphrase.write_text(PASSPHRASE)
    deployed.play("live")
    looked = deployed.play("look")
    done = deployed.run("backup", folder)
    assert done.code == 0, done.err
    keys = folder / "keys.sealed"
    sealed = deployed.run("keys", "backup", keys, "--passphrase-file", passphrase)
    assert sealed.code == 0, sealed.err
    (backup,) = folder.glob("*.tar")
    return Kept(deployed, backup, keys, passphrase, looked, done.out, inodes_of(deployed.home))


@pytest.fixture
def empty(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A machine that has nothing yet."""
    home = kept.deployment.home.parent / f"{tmp_path_factory.mktemp('x').name}" / "home"
    home.parent.mkdir()
    yield Deployment(home, kept.deployment.environ | {"FUGONG_HOME": str(home)})
    shutil.rmtree(home.parent)


def inodes_of(home: Path) -> list[int]:
    return [(home / name).stat().st_ino for name in ("postgres", "postgres/data", "files")]


def manifest_of(backup: Path) -> Any:
    with tarfile.open(backup) as tar:
        file = tar.extractfile("manifest.json")
        assert file is not None
        return json.load(file)


def test_the_drill_brings_everything_back(kept, empty):
    done = empty.run("keys", "restore", kept.keys, "--passphrase-file", kept.passphrase)
    assert done.code == 0, done.err
    done = empty.run("restore", kept.backup)
    assert done.code == 0, done.err
    assert "The audit chain is intact up to the end it had." in done.out
    assert "KEYS" not in done.err
    assert empty.play("look") == kept.looked
    assert "enterprises 10" in kept.looked
    assert "opened 13955400001" in kept.looked
    assert "file letter.pdf True" in kept.looked
    verified = empty.run("audit", "verify")
    assert verified.code == 0, verified.err
    assert "intact, 13 entries" in verified.out
    again = empty.run("backup", empty.home.parent)
    assert again.code == 0, again.err
    (second,) = empty.home.parent.glob("*.tar")
    assert manifest_of(second)["contents"] == manifest_of(kept.backup)["contents"]


def test_without_keys_it_says_so_and_makes_none(kept, empty):
    done = empty.run("restore", kept.backup)
    assert done.code == 1
    (master,) = manifest_of(kept.backup)["contents"]["masters"]
    assert f"KEYS ARE MISSING: {master}. Personal identifiers" in done.err
    assert "run `fugong keys restore FILE`" in done.err
    assert "The audit chain is intact" in done.out
    assert list((empty.home / "keys").iterdir()) == []
    with pytest.raises(AssertionError, match=f"The master key {master} is not in"):
        empty.play("look")


def test_no_key_and_no_personal_identifier_is_in_the_backup(kept):
    keys = [path.read_bytes().strip() for path in (kept.deployment.home / "keys").iterdir() if path.is_file()]
    content = kept.backup.read_bytes()
    assert len(keys) >= 2
    assert not [key for key in keys if key in content]
    with tarfile.open(kept.backup) as tar:
        names = tar.getnames()
    assert not [name for name in names if "key" in name or "secret" in name]
    assert b"13955400001" not in content


def test_the_file_is_its_owners_only_and_named_by_the_time(kept):
    assert stat.S_IMODE(kept.backup.stat().st_mode) == 0o600
    assert kept.backup.name.startswith("fugong-20")
    assert f"{kept.backup}: " in kept.said
    assert "The keys are not in it." in kept.said


def test_nobody_stays_signed_in_through_a_backup(kept):
    tables = manifest_of(kept.backup)["contents"]["tables"]
    assert tables["django_session"]["rows"] == 0
    assert tables["enterprises_enterprise"]["rows"] == 10
    assert tables["core_auditentry"] == {
        "granted": "INSERT SELECT", "guarded": True, "owner": "fugong_owner", "rows": 13
    }  # fmt: skip


def test_a_backup_replaces_nothing(kept):
    before = kept.backup.read_bytes()
    done = kept.deployment.run("backup", kept.backup)
    assert (done.code, kept.backup.read_bytes()) == (1, before)
    assert "exists already; a backup never replaces another." in done.err


def test_a_home_in_use_is_neither_overwritten_nor_harmed(kept):
    done = kept.deployment.run("restore", kept.backup)
    assert done.code == 1
    assert "holds a database or files already" in done.err
    assert "--replace" in done.err
    assert kept.is_untouched()


def test_replace_moves_the_old_aside(kept):
    deployment = copy_of(kept.deployment.home, kept.deployment.home.parent / "changed" / "home")
    try:
        deployment.play("more")
        done = deployment.run("restore", "--replace", kept.backup)
        assert done.code == 0, done.err
        assert deployment.play("look") == kept.looked
        (aside,) = deployment.home.glob("replaced-*")
        assert f"What was there before is in {aside}" in done.out
        assert sorted(path.name for path in aside.iterdir()) == ["files", "postgres"]
    finally:
        shutil.rmtree(deployment.home.parent)


def test_a_damaged_backup_changes_nothing(kept):
    home = kept.deployment.home
    damaged = home.parent / "damaged.tar"
    content = bytearray(kept.backup.read_bytes())
    content[content.index(b"PGDMP") + 2000] ^= 1
    damaged.write_bytes(content)
    done = kept.deployment.run("restore", "--replace", damaged)
    assert done.code == 1
    assert "The backup is damaged: database.dump is not what was put in." in done.err
    assert kept.is_untouched()


def test_a_restore_that_fails_midway_puts_the_old_back(kept):
    """Its dump cannot be read, though its list of contents says it is as it was made."""
    home = kept.deployment.home
    broken = rewritten(kept.backup, home.parent / "broken.tar", dump=b"PGDMP" + bytes(1000))
    done = kept.deployment.run("restore", "--replace", broken, FUGONG_KEYS=str(home.parent / "none"))
    assert done.code == 1
    assert "pg_restore failed." in done.err
    assert kept.is_untouched()


def test_a_list_of_contents_that_somebody_rewrote_is_found_by_its_seal(kept):
    home = kept.deployment.home
    forged = rewritten(kept.backup, home.parent / "forged.tar")
    done = kept.deployment.run("restore", "--replace", forged)
    assert done.code == 1
    assert "This backup was altered" in done.err
    assert kept.is_untouched()


def test_a_backup_of_a_newer_version_is_refused(kept):
    home = kept.deployment.home
    newer = rewritten(kept.backup, home.parent / "newer.tar", knows="command.9999_from_the_future")
    done = kept.deployment.run("restore", "--replace", newer, FUGONG_KEYS=str(home.parent / "none"))
    assert done.code == 1
    assert "belongs to a newer Fugong (it knows command.9999_from_the_future)" in done.err
    assert kept.is_untouched()


def test_a_missing_file_is_said_and_the_rest_kept(kept):
    deployment = copy_of(kept.deployment.home, kept.deployment.home.parent / "holed" / "home")
    try:
        (stored,) = (deployment.home / "files").glob("*/*")
        stored.write_bytes(b"altered")
        done = deployment.run("backup", deployment.home.parent)
        assert done.code == 1
        assert (
            f"Missing or altered on disk, so not in the backup: files/{stored.parent.name}/{stored.name}"
            in done.err
        )
        (backup,) = deployment.home.parent.glob("*.tar")
        assert manifest_of(backup)["damaged"] == [f"{stored.parent.name}/{stored.name}"]
    finally:
        shutil.rmtree(deployment.home.parent)


def test_a_database_in_use_is_not_replaced(kept):
    with kept.deployment.held():
        done = kept.deployment.run("restore", "--replace", kept.backup)
    assert done.code == 1
    assert "is in use by" in done.err


def rewritten(backup: Path, to: Path, *, dump: bytes = b"", knows: str = "") -> Path:
    """A backup with a consistent list of contents, which this installation did not make."""
    manifest = manifest_of(backup)
    if dump:
        manifest["parts"]["database.dump"] = {"size": len(dump), "sha256": sha256(dump).hexdigest()}
    manifest["contents"]["migrations"] += [knows] if knows else []
    manifest["version"] = "0.1.0+rewritten"
    new_content = {"database.dump": dump, "manifest.json": json.dumps(manifest).encode()}
    with tarfile.open(backup) as old, tarfile.open(to, "w") as new:
        for entry in old:
            file = old.extractfile(entry)
            assert file is not None
            content = new_content.get(entry.name) or file.read()
            entry.size = len(content)
            new.addfile(entry, io.BytesIO(content))
    return to
