"""The settings as a program starts with them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fugong.settings.databases import OwnerOnlyMigrates

ROOT = Path(__file__).resolve().parents[2]


def start(home, **environ):
    """Reads the settings in a process of their own, as every command does."""
    return subprocess.run(
        [sys.executable, "-c", "import fugong.settings.base as base; print(base.SECRET_KEY)"],
        env={"PATH": os.environ["PATH"], "FUGONG_HOME": str(home), **environ},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FUGONG_SESSION_HOURS", "0"),
        ("FUGONG_DEBUG", "maybe"),
        ("FUGONG_CLOCK", "noon"),
        ("FUGONG_SIGN_IN_TRIES", "many"),
        ("FUGONG_DATABASE_URL", "mysql://localhost/fugong"),
    ],
)
def test_a_bad_value_ends_the_start_with_a_sentence_and_no_traceback(tmp_path, name, value):
    done = start(tmp_path, **{name: value})
    assert done.returncode != 0
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_secret_is_made_once_and_kept_from_others(tmp_path):
    first, second = start(tmp_path), start(tmp_path)
    assert len(first.stdout.strip()) >= 50
    assert first.stdout == second.stdout
    path = tmp_path / "keys" / "secret"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_a_secret_from_outside_is_taken_and_none_is_made(tmp_path):
    assert start(tmp_path, FUGONG_SECRET_KEY="given").stdout == "given\n"
    assert not (tmp_path / "keys").exists()


def test_keys_may_lie_elsewhere_than_the_data(tmp_path):
    start(tmp_path / "home", FUGONG_KEYS=str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere" / "secret").exists()
    assert not (tmp_path / "home" / "keys").exists()


def test_the_application_never_migrates():
    router = OwnerOnlyMigrates()
    assert router.allow_migrate("owner", "core")
    assert not router.allow_migrate("default", "core")
