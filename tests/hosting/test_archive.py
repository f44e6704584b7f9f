"""What a backup file may hold, and what is refused before anything of it is used. No processes."""

from __future__ import annotations

import io
import json
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from fugong.hosting.archive import Archive, writing
from fugong.hosting.backup import target_for
from fugong.hosting.faults import HostingFault
from fugong.hosting.manifest import Contents, Manifest, Table
from fugong.hosting.restore import compare

NOW = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
AUTHORITY = "0196a8c0-0000-7000-8000-000000000001"
LETTER = b"a letter"
STORED = f"files/{AUTHORITY}/{sha256(LETTER).hexdigest()}"
CONTENTS = Contents(
    postgres=18,
    migrations=("core.0001_make_all_tables",),
    tables={"core_auditentry": Table(rows=3, owner="fugong_owner", guarded=True, granted="INSERT SELECT")},
    heads={AUTHORITY: f"3:{'0' * 64}"},
    masters=("0123456789abcdef",),
    files=(STORED.removeprefix("files/"),),
)


def told(*_):
    return None


@pytest.fixture
def backup(tmp_path):
    for name, content in (("dump", b"PGDMP and more"), ("letter", LETTER)):
        (tmp_path / name).write_bytes(content)
    with writing(tmp_path / "b.tar") as writer:
        writer.add("database.dump", tmp_path / "dump")
        writer.add(STORED, tmp_path / "letter")
        manifest = Manifest("0.1.0", NOW, 18, CONTENTS, writer.parts, ())
        writer.add_text("manifest.json", manifest.text())
        writer.add_text("manifest.mac", "k:00")
    return tmp_path / "b.tar"


def rebuilt(backup, change):
    """The same backup after `change` of its entries, a dict of name to (entry, content)."""
    with tarfile.open(backup) as tar:
        entries = {entry.name: (entry, (tar.extractfile(entry) or io.BytesIO()).read()) for entry in tar}
    change(entries)
    with tarfile.open(backup, "w") as tar:
        for entry, content in entries.values():
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return backup


def added(name, content=b"x", **fields):
    def change(entries):
        entry = tarfile.TarInfo(name)
        for field, value in fields.items():
            setattr(entry, field, value)
        entries[name] = (entry, content)

    return change


def listed(name, content=b"x"):
    """As `added`, and in the list of contents too."""

    def change(entries):
        entry, text = entries["manifest.json"]
        manifest = json.loads(text)
        manifest["parts"][name] = {"size": len(content), "sha256": sha256(content).hexdigest()}
        entries["manifest.json"] = (entry, json.dumps(manifest).encode())
        added(name, content)(entries)

    return change


def without(name):
    return lambda entries: entries.pop(name)


def check(backup):
    with Archive.opened(backup) as archive:
        archive.check(told)


def test_a_backup_is_read_as_it_was_written(backup):
    with Archive.opened(backup) as archive:
        archive.check(told)
        assert archive.manifest.contents == CONTENTS
        assert archive.manifest.made_at == NOW
        assert archive.seal == "k:00"
        assert archive.open(STORED).read() == LETTER


def test_its_text_is_the_same_again(backup):
    with Archive.opened(backup) as archive:
        assert archive.manifest.text().encode() == archive.manifest_text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (without("database.dump"), "database.dump is missing"),
        (without(STORED), "is missing"),
        (without("manifest.json"), "manifest.json is missing"),
        (added("extra"), "extra is not in its list of contents"),
        (listed("../../etc/passwd"), "belongs to no backup"),
        (listed("/etc/passwd"), "belongs to no backup"),
        (listed(f"files/{AUTHORITY}/../secret"), "belongs to no backup"),
        (listed("keys/secret"), "belongs to no backup"),
        (added(STORED, b"", type=tarfile.SYMTYPE, linkname="/etc/shadow"), "is missing"),
        (added(STORED, b"another letter"), "is not what was put in"),
        (added("manifest.json", b"{}"), "list of contents cannot be read"),
        (added("manifest.json", b'{"format": 2}'), "A newer Fugong made this backup"),
    ],
)
def test_what_is_not_as_it_was_made_is_refused(backup, change, sentence):
    with pytest.raises(HostingFault, match=sentence):
        check(rebuilt(backup, change))


@pytest.mark.parametrize("kept", [0, 100, 1000, 2000])
def test_a_file_cut_short_is_refused(backup, kept):
    backup.write_bytes(backup.read_bytes()[:kept])
    with pytest.raises(HostingFault, match=r"damaged|cannot be read"):
        check(backup)


def test_another_file_is_refused(tmp_path):
    (tmp_path / "x.tar").write_text("hello")
    with pytest.raises(HostingFault, match="is no backup of Fugong"):
        check(tmp_path / "x.tar")
    with pytest.raises(HostingFault, match="cannot be read: No such file"):
        check(tmp_path / "missing.tar")


def test_nothing_stays_of_a_backup_that_fails(tmp_path):
    (tmp_path / "dump").write_bytes(b"x")

    def fail():
        with writing(tmp_path / "b.tar") as writer:
            writer.add("database.dump", tmp_path / "dump")
            raise HostingFault("the database went away")

    with pytest.raises(HostingFault, match="went away"):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["dump"]


def test_a_backup_that_appeared_meanwhile_is_not_replaced(tmp_path):
    def race():
        with writing(tmp_path / "b.tar"):
            (tmp_path / "b.tar").write_text("the other one")

    with pytest.raises(HostingFault, match="exists already"):
        race()
    assert (tmp_path / "b.tar").read_text() == "the other one"
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]


def test_the_target_is_a_file_or_a_name_with_the_time_in_a_folder(tmp_path):
    assert target_for(tmp_path, now=NOW) == tmp_path / "fugong-2026-05-01-093000.tar"
    assert target_for(tmp_path / "x", now=NOW) == tmp_path / "x"
    with pytest.raises(HostingFault, match="There is no folder"):
        target_for(tmp_path / "no" / "x", now=NOW)


def test_tables_are_compared_in_every_respect():
    table = CONTENTS.tables["core_auditentry"]
    for change in (
        {"rows": 2},
        {"owner": "postgres"},
        {"guarded": False},
        {"granted": "DELETE INSERT SELECT"},
    ):
        other = replace(CONTENTS, tables={"core_auditentry": replace(table, **change)})
        (difference,) = compare(CONTENTS, other)
        assert difference.startswith("core_auditentry was 3 rows of fugong_owner, guarded, ")
    assert compare(CONTENTS, CONTENTS) == []
    assert compare(CONTENTS, replace(CONTENTS, tables={})) != []
