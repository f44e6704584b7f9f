"""The phone at the gate and the server say the same, case by case and code by code."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from uuid import UUID

from fugong.passage import choices
from fugong.passage.rules.codes import LiveCode, fault_offline, fault_online
from fugong.passage.rules.restrictions import name_of
from tests.passage import node, twins

SCRIPT = Path(__file__).with_name("twin.mjs")
CASES = 24_000
SEED = 20_220_427


def test_twin_when_it_decides_then_every_case_as_the_rules():
    cases = list(twins.cases(SEED, CASES))
    found = node.run(SCRIPT, {"cases": cases})["decided"]
    expected = [[case["decided"], case["by_list"]] for case in cases]
    wrong = [(case, told) for case, told, right in zip(cases, found, expected, strict=True) if told != right]
    assert len(found) == CASES
    assert wrong == []


def test_cases_when_drawn_then_every_verdict_of_the_rules_is_often_met():
    """A table of cases that never met a rule would prove nothing of it."""
    met = Counter(tuple(case["decided"]) for case in twins.cases(SEED, CASES))
    reasons = {"FREE", "NO_FILE", "LEVEL", "LEVEL_UNKNOWN", "FEVER", "OTHER_ENTERPRISE", "CREW_HOURS"}
    reasons |= {"WINDOW", "NO_PASS", "NO_TEST", "NOT_IN_LOOP"}
    assert {choices.Reason(reason).name for _answer, reason in met} == reasons
    assert min(met.values()) > 50


def test_twin_when_it_reads_codes_then_every_one_as_the_rules():
    """By the browser's Ed25519 and by the one in JavaScript alike."""
    vectors = [vector.told() for vector in twins.vectors(SEED)]
    public = {str(number): key.hex() for number, key in twins.PUBLIC.items()}
    found = node.run(SCRIPT, {"vectors": vectors, "public": public})["read"]
    for vector, told in zip(vectors, found, strict=True):
        assert told["claim"] == vector["claim"], vector
        assert told["faults"] == [vector["fault"] or ""] * 2, vector
        if vector["claim"] is not None and not _has_odd_hours(vector["text"]):
            assert told["text"] == vector["text"]
    faults = Counter(vector["fault"] for vector in vectors)
    assert set(faults) == {None, *map(str, twins.Fault)}
    assert min(faults.values()) >= 10


def test_twin_when_it_reads_codes_on_paper_then_every_one_as_the_rules():
    vectors = [vector.told() for vector in twins.paper_vectors(SEED)]
    public = {str(number): key.hex() for number, key in twins.PUBLIC.items()}
    found = node.run(SCRIPT, {"paper": vectors, "public": public})["paper"]
    for vector, told in zip(vectors, found, strict=True):
        assert told["claim"] == vector["claim"], vector
        assert told["faults"] == [vector["fault"] or ""] * 2, vector
    faults = Counter(vector["fault"] for vector in vectors)
    assert set(faults) == {None, *map(str, set(twins.Fault) - {twins.Fault.OLD})}
    assert min(faults.values()) >= 10


def _has_odd_hours(text: str) -> bool:
    """One that says no hours from, and hours to, is written otherwise than it was read (and so is forged)."""
    code = LiveCode.parse(text)
    return code is not None and str(code) != text


def test_code_when_made_on_a_phone_then_good_online_and_offline():
    asked = twins.to_make(SEED, 40)
    found = node.run(SCRIPT, {"make": asked, "authority": ("11" * 32)})["made"]
    assert len(found) == 40
    for whole, short in found:
        code = LiveCode.parse(whole)
        assert fault_online(code, {7: twins.SECRET}, twins.MOMENT) is None
        assert fault_offline(code, twins.PUBLIC, twins.MOMENT) is None
        assert fault_online(LiveCode.parse(short), {7: twins.SECRET}, twins.MOMENT) is None
        assert str(code) == whole


def test_names_when_made_on_a_phone_then_the_server_s():
    draw = random.Random(SEED)
    pairs = [(draw.randbytes(32), UUID(bytes=draw.randbytes(16))) for _ in range(200)]
    names = [{"key": key.hex(), "person": person.hex} for key, person in pairs]
    found = node.run(SCRIPT, {"names": names})["named"]
    assert found == [name_of(key, person) for key, person in pairs]


def test_words_when_numbered_on_the_phone_then_as_on_the_server():
    told = node.run(SCRIPT, {})["choices"]
    for name in ("Answer", "Reason", "Direction", "SubjectKind"):
        assert told[name] == {each.name: each.value for each in getattr(choices, name)}
