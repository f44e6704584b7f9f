"""Scans as the phone sends them, and what it makes of the answers: nothing is lost and no digit either."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fugong.passage.ingest.http import BODY_LIMIT
from fugong.passage.ingest.messages import MOST_IN_A_BATCH, Fault, Told, read_batch, written
from tests.passage import node

SCRIPT = Path(__file__).with_name("sending.mjs")
SCAN = {"gate": 1, "nonce": "-9223372036854775808", "answer": 0, "reason": 0}
TOLD = {"nonce": SCAN["nonce"], "answer": 3, "reason": 9}
FAULT = {"code": "bad_value", "message": "No.", "field": "at"}


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    answers = [Told(-(2**63), 3, 9, '李*强"nonce":1', "red"), Fault("bad_value", "No.", "at", 2**63 - 1)]
    return node.run(
        SCRIPT,
        {
            "many": 250,
            "long": 3_000,
            "answered": [
                [[SCAN], [TOLD]],
                [[{**SCAN, "answer": 3}], [{**TOLD, "reason": 10}]],
                [[{**SCAN, "answer": 1}], [TOLD]],
                [[SCAN], [FAULT]],
                [[SCAN], [{**FAULT, "code": "not_kept"}]],
                [[SCAN], [{**FAULT, "code": "overloaded"}]],
                [[SCAN], [{**TOLD, "nonce": "7"}]],
                [[SCAN, {**SCAN, "nonce": "8"}], [TOLD]],
                [[SCAN], []],
            ],
            "text": written({"scans": answers}).decode(),
        },
    )


def test_batch_when_sent_then_the_server_reads_every_scan_to_the_digit(said):
    read = read_batch(said["json"]).scans
    assert len(read) == MOST_IN_A_BATCH
    assert [str(scan.nonce) for scan in read] == said["nonces"]
    assert len({scan.nonce for scan in read}) == MOST_IN_A_BATCH
    assert {(scan.at, scan.code, scan.temperature) for scan in read} == {(1651043560123456, "FG1.码", None)}
    assert any(scan.nonce < 0 for scan in read)
    assert max(abs(scan.nonce) for scan in read) > 2**53


def test_batch_when_strangers_codes_are_long_then_fits_into_a_request(said):
    read = read_batch(said["long"]).scans
    assert 1 < len(read) < MOST_IN_A_BATCH
    assert len(said["long"].encode()) < BODY_LIMIT
    assert {len(scan.code) for scan in read} == {400}


def test_answers_when_read_then_no_digit_of_a_nonce_is_lost(said):
    told, fault = said["read"]["scans"]
    assert (told["nonce"], fault["nonce"]) == ("-9223372036854775808", "9223372036854775807")
    assert told["name"] == '李*强"nonce":1'


def test_outcome_when_answered_then_done_set_apart_or_sent_again(said):
    nonce = SCAN["nonce"]
    good = {"done": [nonce], "apart": []}
    again: dict[str, list[Any]] = {"done": [], "apart": []}
    assert said["outcomes"] == [
        good,
        good,
        {"done": [], "apart": [{"nonce": nonce, "scan": {**SCAN, "answer": 1}, "told": TOLD}]},
        {"done": [], "apart": [{"nonce": nonce, "scan": SCAN, "fault": FAULT}]},
        again,
        again,
        again,
        good,
        again,
    ]
