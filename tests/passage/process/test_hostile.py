"""What somebody may throw at the gate process."""

from __future__ import annotations

import secrets
import socket
import time

import pytest

from fugong.passage.choices import Answer, Reason
from tests.passage.process.keeping import Site, until, worker

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


def line_to(site: Site) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", site.port), timeout=20)
    line.settimeout(20)
    return line


def test_body_when_of_ten_megabytes_then_refused_and_hung_up(site: Site):
    with line_to(site) as line:
        line.sendall(b"POST /gate/scans HTTP/1.1\r\nHost: x\r\nContent-Length: 10485760\r\n\r\n")
        try:
            for _megabyte in range(10):
                line.sendall(b"x" * (1 << 20))
        except OSError:
            pass
        said = line.recv(100)
    assert said.startswith(b"HTTP/1.1 413") or said == b""
    assert site.send(site.scan(""))[0] == 200


@pytest.mark.parametrize("bytes_", [b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"X" * 20_000])
def test_bytes_when_they_are_no_http_then_hung_up(site: Site, bytes_):
    with line_to(site) as line:
        line.sendall(bytes_ + b"\r\n\r\n")
        assert not line.recv(100).startswith(b"HTTP/1.1 200")
    assert site.send(site.scan(""))[0] == 200


def test_lines_when_they_never_finish_then_others_are_served(site: Site):
    slow = [line_to(site) for _ in range(200)]
    for line in slow:
        line.sendall(b"POST /gate/scan HTTP/1.1\r\nHost: x\r\nContent-Le")
    began = time.monotonic()
    assert site.send(site.scan(""))[0] == 200
    assert time.monotonic() - began < 5
    for line in slow:
        line.close()


def test_codes_when_a_hundred_thousand_are_unknown_then_each_is_answered_and_stored(site: Site):
    li = worker(site.here)
    until(lambda: site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW)
    before = len(site.rows("nonce"))
    for _batch in range(1000):
        scans = [site.scan(f"FG1.{secrets.token_urlsafe(47)[:62]}") for _ in range(100)]
        status, told = site.send(scans)
        assert status == 200
        assert {each["answer"] for each in told["scans"]} == {Answer.STOP}
        reasons = {each["reason"] for each in told["scans"]}
        assert reasons <= {Reason.MALFORMED, Reason.UNKNOWN_CODE, Reason.FORGED}
    assert len(site.rows("nonce")) - before == 100_000
    assert site.send(site.scan(site.code(li)))[1]["answer"] == Answer.ALLOW


def test_token_when_it_is_none_of_ours_then_nothing_is_stored(site: Site):
    for token in ("", "x" * 43, site.token[:-1], site.token + "x"):
        assert site.ask("POST", "/gate/scan", "{}", token=token or "-")[0] == 401
    assert site.rows() == []
