"""Gates' rules and what is known of people, drawn so that every border is often met."""

from __future__ import annotations

from hypothesis import strategies as st

from fugong.passage.choices import Answer, SubjectKind
from fugong.passage.rules.deciding import GateRules, Known

NOW = 1_651_043_560.0
"""27 April 2022, 15:12:40 in China."""
LEVELS = {"green": Answer.ALLOW, "ask": Answer.ASK, "yellow": Answer.STOP, "red": Answer.STOP}

answers = st.sampled_from(list(Answer))
near = st.integers(-10, 10).map(lambda seconds: NOW + seconds) | st.floats(NOW - 10, NOW + 10)
hours = st.tuples(st.integers(0, 1439), st.integers(0, 1439)) | st.sampled_from(
    [(480, 912), (913, 1320), (1320, 480), (912, 912), (0, 1439)]
)
tests = st.none() | near | near.map(lambda moment: moment - 24 * 3600)
rules = st.builds(
    GateRules,
    levels=st.dictionaries(st.sampled_from(list(LEVELS)), answers) | st.just(LEVELS),
    place=st.sampled_from([0, 7, 8]),
    fever_from=st.none() | st.just(373),
    test_hours=st.none() | st.sampled_from([0, 24]),
    shift_margin=st.none() | st.sampled_from([0, 30, 720]),
    loop=st.sampled_from([0, 3]),
    visitors=answers,
    vehicles=answers,
)
persons = st.builds(
    Known,
    level=st.sampled_from([*LEVELS, "blue"]),
    until=st.none() | near,
    lapses_to=st.sampled_from(["ask", "red", ""]),
    place=st.sampled_from([0, 7, 8]),
    hours=st.none() | hours,
    tested_at=tests,
    loop=st.sampled_from([0, 3, 4]),
)
guests = st.builds(
    Known,
    level=st.sampled_from(["", "green", "ask", "red"]),
    until=st.none() | near,
    lapses_to=st.just("ask"),
    place=st.sampled_from([0, 7, 8]),
    kind=st.sampled_from([SubjectKind.VISITOR, SubjectKind.VEHICLE]),
    window=st.none() | st.tuples(near, near),
)
temperatures = st.none() | st.integers(340, 420) | st.sampled_from([372, 373])
