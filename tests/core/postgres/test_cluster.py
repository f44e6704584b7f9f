import os
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fugong.core.postgres import roles
from fugong.core.postgres.accounts import by_uid
from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.faults import DatabaseFault, HeldByOther
from fugong.core.postgres.postmaster import read_postmaster
from fugong.core.postgres.processes import find_process

from .conftest import answer, as_root_only, installed, let_go, ordinary_user, wait_for

NAME = "张伟"


def postmaster_of(cluster: Cluster) -> int:
    found = read_postmaster(cluster.place.data)
    assert found is not None
    return found.pid


@contextmanager
def suspended(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def kill_server(cluster: Cluster) -> None:
    pid = postmaster_of(cluster)
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: find_process(pid) is None)


@pytest.mark.parametrize("programs", installed(), ids=lambda programs: programs.origin)
def test_first_start_then_warm_start_keeps_rows(ground, query, programs):
    said: list[str] = []
    cluster = Cluster(ground / "home", binaries=programs, say=said.append)
    assert query(cluster.start(), "SELECT current_user") == [("fugong_app",)]
    owner = cluster.connection(roles.OWNER)
    query(owner, "CREATE TABLE people (name text PRIMARY KEY)")
    query(cluster.connection(), "INSERT INTO people VALUES (%s)", NAME)
    cluster.stop()
    with cluster:
        found = query(
            cluster.connection(), "SELECT name, char_length(name) FROM people WHERE name = %s", NAME
        )
        shown = ("server_encoding", "data_checksums", "listen_addresses", "fsync")
        shown_now = [query(owner, f"SHOW {name}")[0][0] for name in shown]
        version = query(owner, "SHOW server_version_num")[0][0]
    assert found == [(NAME, 2)]
    assert shown_now == ["UTF8", "on", "", "on"]
    assert int(str(version)) // 10_000 == programs.major
    assert len([sentence for sentence in said if sentence.startswith("Creating")]) == 1


def test_a_database_of_another_major_version_is_refused(ground):
    oldest, newest = (function(installed(), key=lambda programs: programs.major) for function in (min, max))
    assert oldest.major < newest.major
    with Cluster(ground / "home", binaries=oldest):
        pass
    with pytest.raises(DatabaseFault) as refused:
        Cluster(ground / "home", binaries=newest).start()
    assert f"was made by PostgreSQL {oldest.major}" in str(refused.value)
    assert "fugong upgrade" in str(refused.value)


def test_nothing_listens_on_tcp_and_the_directories_are_closed(cluster):
    server = postmaster_of(cluster)
    sockets = {os.readlink(link) for link in Path(f"/proc/{server}/fd").iterdir() if link.is_symlink()}
    tcp = {
        f"socket:[{line.split()[9]}]"
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{server}/net/{table}").read_text().splitlines()[1:]
    }
    assert sockets
    assert not sockets & tcp
    place = cluster.place
    for directory in (place.data, place.log, place.socket_dir):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert directory.stat().st_uid == place.account.uid
    assert place.account.uid != 0
    assert Path(f"/proc/{server}").stat().st_uid == place.account.uid


def test_only_the_server_account_and_the_starter_may_connect(cluster):
    rules = (cluster.place.root / "pg_hba.conf").read_text(encoding="utf-8")
    assert rules.split() == ["local", "all", "all", "peer", "map=fugong"]
    pairs = (cluster.place.root / "pg_ident.conf").read_text(encoding="utf-8").splitlines()
    accounts = {line.split()[1].strip('"') for line in pairs}
    assert accounts == {cluster.place.account.name, by_uid(os.geteuid()).name}
    with pytest.raises(psycopg.OperationalError, match="actual peer user name"):
        psycopg.connect(cluster.connection().conninfo() + " requirepeer=daemon")


@as_root_only
def test_a_third_account_is_kept_out_even_with_the_directory_open(cluster):
    """By `peer`, were the directory ever opened by mistake."""
    user = ordinary_user()
    program = Path("/usr/lib/postgresql/15/bin/psql")
    psql = str(program) if program.exists() else installed()[0].program("psql")
    directory = cluster.place.socket_dir
    directory.chmod(0o755)
    (directory / ".s.PGSQL.5432").chmod(0o777)
    try:
        done = subprocess.run(
            [psql, f"host={directory} user=postgres dbname=fugong", "-c", "SELECT 1"],
            user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/",
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        directory.chmod(0o700)
        (directory / ".s.PGSQL.5432").chmod(0o700)
    assert done.returncode != 0
    assert "Peer authentication failed" in done.stderr


def test_a_second_owner_is_refused_and_told_who_holds_it(home, run):
    first = run(home, "start")
    assert answer(first).startswith("started")
    second = run(home, "start")
    told = answer(second)
    assert second.wait(10) == 3
    assert f"already in use by program.py {home} (process {first.pid})" in told
    assert "Stop that first" in told
    assert let_go(first) == 0
    third = run(home, "start")
    assert answer(third).startswith("started")


def test_the_same_process_is_refused_too(cluster):
    with pytest.raises(HeldByOther, match=f"process {os.getpid()}"):
        Cluster(cluster.place.base.parent).start()


def test_a_client_joins_and_leaves_the_server_running(cluster, run, query):
    client = run(cluster.place.base.parent, "attach_or_start")
    assert answer(client).startswith("attached")
    assert let_go(client) == 0
    assert query(cluster.connection(), "SELECT 1") == [(1,)]


def test_two_that_come_at_once_share_one_server(ground, run):
    programs = [run(ground / "home", "attach_or_start") for _ in range(2)]
    answers = sorted(answer(program).split()[0] for program in programs)
    assert answers == ["attached", "started"]


def test_attach_when_nothing_runs_starts_and_stops_it(home, run):
    client = run(home, "attach_or_start")
    assert answer(client).startswith("started")
    cluster = Cluster(home)
    owner = cluster.owner()
    assert owner is not None
    assert owner.pid == client.pid
    assert let_go(client) == 0
    assert cluster.owner() is None


def test_a_server_killed_with_9_is_started_again_and_keeps_confirmed_rows(cluster, query):
    query(cluster.connection(roles.OWNER), "DROP TABLE IF EXISTS kept")
    query(cluster.connection(roles.OWNER), "CREATE TABLE kept AS SELECT generate_series(1, 100000) AS id")
    assert cluster.keep_running() is False
    kill_server(cluster)
    assert cluster.keep_running() is True
    assert query(cluster.connection(roles.OWNER), "SELECT count(*) FROM kept") == [(100000,)]
    assert cluster.keep_running() is False


def test_start_when_killed_backends_linger_waits_for_them(home, run):
    """A backend that has not noticed the postmaster's death may still write: nobody starts beside it."""
    cluster = Cluster(home)
    with psycopg.connect(cluster.start().conninfo(), autocommit=True) as connection:
        backend = connection.info.backend_pid
        with suspended(backend):
            kill_server(cluster)
            next_one = run(home, "start")
            time.sleep(0.5)
            assert next_one.poll() is None
            assert cluster.owner() is not None
        assert answer(next_one).startswith("started")
    assert cluster.keep_running() is False
    let_go(next_one)
    assert cluster.keep_running() is True
    cluster.stop()


def test_a_program_killed_with_9_takes_its_server_along(home, run):
    program = run(home, "start")
    answer(program)
    server = postmaster_of(Cluster(home))
    program.kill()
    wait_for(lambda: find_process(server) is None)
    assert not (Cluster(home).place.data / "postmaster.pid").exists()
    with Cluster(home) as cluster:
        assert cluster.started_here


def test_start_while_the_server_of_a_killed_program_still_ends_waits(home, run):
    program = run(home, "start")
    answer(program)
    server = postmaster_of(Cluster(home))
    with suspended(server):
        program.kill()
        program.wait()
        next_one = run(home, "attach_or_start")
        time.sleep(0.4)
        assert next_one.poll() is None
    assert answer(next_one).startswith("started")


def test_both_killed_with_9_at_once_the_next_start_recovers(home, run, query):
    program = run(home, "start")
    answer(program)
    cluster = Cluster(home)
    query(cluster.connection(roles.OWNER), "CREATE TABLE kept AS SELECT 1 AS id")
    server = postmaster_of(cluster)
    os.kill(server, signal.SIGSTOP)
    program.kill()
    os.kill(server, signal.SIGKILL)
    wait_for(lambda: find_process(program.pid) is None and find_process(server) is None)
    with cluster:
        assert query(cluster.connection(roles.OWNER), "SELECT id FROM kept") == [(1,)]


@pytest.mark.parametrize("kind", ["zombie", "stranger"])
def test_start_when_the_old_process_number_is_taken_goes_on(home, kind):
    """PostgreSQL alone would say for ever that another postmaster is running."""
    cluster = Cluster(home)
    cluster.start()
    place = cluster.place
    pid_file = place.data / "postmaster.pid"
    lines = pid_file.read_text(encoding="utf-8").splitlines()
    kill_server(cluster)
    cluster.stop()
    command = ["true"] if kind == "zombie" else ["sleep", "60"]
    options: dict[str, Any] = (
        {"user": place.account.uid, "group": place.account.gid} if place.account.demoted else {}
    )
    other = subprocess.Popen(command, **options)
    if kind == "zombie":
        wait_for(lambda: find_process(other.pid) is None)
    pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n", encoding="utf-8")
    try:
        with cluster:
            assert postmaster_of(cluster) != other.pid
        assert kind == "zombie" or other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_forked_child_does_not_stop_its_parents_server(cluster, query):
    child = os.fork()
    if child == 0:
        believed = cluster.started_here
        cluster.stop()
        os._exit(1 if believed else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert query(cluster.connection(), "SELECT 1") == [(1,)]


def test_start_outside_the_main_thread_is_refused(ground):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool, pytest.raises(DatabaseFault, match="main thread"):
        pool.submit(Cluster(ground / "home").start).result()


def test_start_when_the_server_cannot_says_what_it_said(home):
    cluster = Cluster(home)
    with cluster:
        pass
    with (cluster.place.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write("max_connections = many\n")
    with pytest.raises(DatabaseFault, match=r"did not start\. It said: .*max_connections.*its log: "):
        cluster.start()
    assert not cluster.started_here


def test_start_when_files_lie_in_the_way_is_refused(ground):
    data = ground / "home" / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "letter.txt").write_text("not a database", encoding="ascii")
    with pytest.raises(DatabaseFault, match="holds files but no PostgreSQL database"):
        Cluster(ground / "home").start()
    assert (data / "letter.txt").exists()


def test_start_after_a_broken_first_start_begins_anew(ground):
    half = ground / "home" / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    with Cluster(ground / "home") as cluster:
        assert cluster.started_here
    assert not half.exists()


def test_erase_when_running_is_refused_and_when_stopped_removes_all(home):
    cluster = Cluster(home)
    cluster.erase()
    with cluster, pytest.raises(HeldByOther):
        cluster.erase()
    assert cluster.place.data.exists()
    cluster.erase()
    assert not cluster.place.base.exists()


def test_the_callers_language_and_settings_do_not_reach_the_server(ground, run, query):
    hostile = {
        "LANG": "C", "LC_ALL": "C", "LC_CTYPE": "POSIX", "PGDATA": "/nowhere", "PGPORT": "1",
        "PGHOST": "nowhere", "PGUSER": "nobody", "PGDATABASE": "none", "PGSSLMODE": "require",
    }  # fmt: skip
    program = run(ground / "home", "start", env=hostile)
    assert answer(program).startswith("started")
    superuser = Cluster(ground / "home").connection(roles.SUPERUSER)
    query(superuser, "CREATE EXTENSION pg_trgm")
    assert query(superuser, "SELECT array_length(show_trgm('张伟明'), 1)") == [(4,)]
    assert query(superuser, "SELECT datctype FROM pg_database WHERE datname = 'fugong'") == [("C.UTF-8",)]
    assert query(superuser, "SELECT '张伟明' ~ '^[[:alpha:]]{3}$', lower('ÀÉ张')") == [(True, "àé张")]
