import os
import subprocess
import time
from dataclasses import replace

from fugong.core.postgres import ownership, processes, serverlog
from fugong.core.postgres.pace import Pace

from .conftest import wait_for

DAY = 86_400


def test_this_process_lives_and_reads_back(tmp_path):
    owner = ownership.this_process()
    ownership.write_owner(tmp_path, owner)
    assert ownership.read_owner(tmp_path) == owner
    assert owner.may_live
    assert str(os.getpid()) in str(owner)


def test_a_later_process_with_the_same_number_is_not_the_owner():
    assert not replace(ownership.this_process(), started=1).may_live


def test_a_zombie_is_dead_though_its_number_is_taken():
    child = subprocess.Popen(["true"])
    owner = replace(ownership.this_process(), pid=child.pid, started=1)
    wait_for(lambda: processes.find_process(child.pid) is None)
    assert not owner.may_live
    assert processes.number_is_taken(child.pid)
    child.wait()
    assert not processes.number_is_taken(child.pid)


def test_an_owner_on_another_machine_may_live_and_is_named_with_it():
    owner = replace(ownership.this_process(), machine="elsewhere.example", pid=2**22 + 1)
    assert owner.may_live
    assert "on elsewhere.example" in str(owner)


def test_a_record_that_is_missing_or_cut_short_names_nobody(tmp_path):
    assert ownership.read_owner(tmp_path) is None
    (tmp_path / "owner.json").write_text('{"pid": 1', encoding="utf-8")
    assert ownership.read_owner(tmp_path) is None
    (tmp_path / "owner.json").write_text('{"pid": 1}', encoding="utf-8")
    assert ownership.read_owner(tmp_path) is None


def test_only_the_command_word_is_recorded(monkeypatch):
    monkeypatch.setattr("sys.argv", ["/opt/bin/fugong", "demo", "--secret", "sesame"])
    assert ownership.this_process().program == "fugong demo"


def test_a_process_whose_name_has_brackets_is_read_right(tmp_path):
    program = tmp_path / "a) Z (b"
    program.symlink_to("/usr/bin/sleep")
    child = subprocess.Popen([str(program), "60"])
    try:
        wait_for(lambda: getattr(processes.find_process(child.pid), "command", "") == "a) Z (b")
    finally:
        child.kill()
        child.wait()


def test_logs_older_than_a_week_go_and_a_big_one_is_put_aside(tmp_path):
    for name, age in (("postgres-1.log", 6.5), ("postgres-2.log", 1), ("kept.txt", 30)):
        (tmp_path / name).write_text(name, encoding="ascii")
        os.utime(tmp_path / name, (time.time() - age * DAY,) * 2)
    with (tmp_path / "postgres-3.log").open("wb") as big:
        big.truncate(serverlog.BYTES_KEPT + 1)
    serverlog.trim_logs(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"postgres-2.log", "postgres-3.previous", "kept.txt"}


def test_waiting_is_told_ever_more_rarely(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(time, "sleep", lambda _: clock.__setitem__(0, clock[0] + 1))
    said: list[str] = []
    pace = Pace(said.append, "Waiting")
    for _ in range(41):
        pace.tick()
    assert said == [f"Waiting ({seconds} s so far)." for seconds in (5, 10, 20, 40)]
