"""A turnstile on a small computer: what it prints, what it keeps, what it sends later."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.passage.process.keeping import Site, until, worker

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


def shown(site: Site, folder: Path, *codes: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    device = {"address": f"http://127.0.0.1:{site.port}", "token": site.token}
    (folder / "device.json").write_text(json.dumps(device))
    command = [sys.executable, "-m", "fugong.cli", "turnstile", "--gate", str(site.gate.number)]
    environment = {**site.environment, "FUGONG_CLOCK": ""}
    done = subprocess.run(
        [*command, "--folder", str(folder)],
        input="\n".join(codes),
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_codes_when_the_server_is_there_then_answered_by_lines(site: Site, tmp_path: Path):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == 1)
    answers = shown(site, tmp_path / "one", site.code(li), "FG1.nothing", "晋B12345")
    assert answers == ["OPEN FREE 李*", "STOP MALFORMED", "ASK NO_FILE"]


def test_clock_when_it_is_years_off_then_goes_by_the_servers_from_the_first_answer_on(site, tmp_path):
    """The site lives in 2022, the turnstile in today."""
    shown(site, tmp_path / "four", "a", "b", "c")
    assert [flags for (flags,) in site.rows("flags")] == [4, 0, 0]


def test_scans_when_the_server_is_away_then_kept_and_sent_later_once(site: Site, tmp_path: Path):
    site.stop()
    assert shown(site, tmp_path / "two", "a", "b") == ["ASK NOT_REACHED"] * 2
    site.start()
    assert shown(site, tmp_path / "two", "c") == ["ASK NO_FILE"]
    assert len(site.rows()) == 3
    assert (tmp_path / "two" / "kept.jsonl").read_text() == ""


def test_device_when_it_is_not_paired_then_told_how(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "fugong.cli", "turnstile", "--gate", "1", "--folder", str(tmp_path / "three")],
        input="a",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "--server and --code" in done.stderr
