"""The closed subset of CEL: what it accepts, what it refuses, and that the library decides as we read it."""

import timeit
from datetime import date

import cel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fugong.playbooks.rules.conditions import Condition, ConditionInvalid
from fugong.playbooks.rules.facts_schema import (
    BOOL,
    DATE,
    FLOAT,
    INT,
    STRING,
    STRINGS,
    Fact,
    FactSchema,
    FactsInvalid,
)

SCHEMA = FactSchema(
    "tests.applicant",
    {
        "size": Fact.one_of(["above", "below"]),
        "risk": Fact.one_of(["low", "high"]).optional(),
        "staff": INT,
        "share": FLOAT.optional(),
        "rate": FLOAT,
        "exports": BOOL,
        "since": DATE,
        "until": DATE.optional(),
        "park": STRING,
        "labels": STRINGS,
        "tags": Fact.several_of(["a", "b"]),
    },
)
FACTS: dict[str, object] = {
    "size": "above",
    "staff": 30,
    "rate": 2,
    "exports": True,
    "since": date(2022, 4, 1),
    "park": "上窑",
    "labels": ["x", "新"],
    "tags": ["a"],
}


def holds(source: str, **facts: object) -> bool:
    return Condition.compiled(source, SCHEMA).holds(SCHEMA.prepared({**FACTS, **facts}))


@pytest.mark.parametrize(
    "source",
    [
        'size == "above"',
        "size == 'above'",
        '"above" == size',
        'size != "below"',
        'size in ["above", "below"]',
        "staff >= 30 && staff <= 30 && staff > 29 && staff < 31",
        "-1 < staff",
        "staff in [30, 40]",
        "rate == 2.0",
        "exports",
        "!(!exports)",
        "exports == true",
        'since >= date("2022-04-01") && since < date("2022-04-02")',
        'park == "上窑"',
        'park.startsWith("上") && park.endsWith("窑") && park.contains("上窑")',
        '"新" in labels && !("y" in labels)',
        "size(labels) == 2",
        '"a" in tags',
        'park in ["上窑", "洛河"]',
        "share == null",
        "share == null || share > 0.5",
        "!(share != null && share > 0.5)",
        "!(share == null) && share > 0.5 || exports",
        'risk == null || risk == "low"',
        "until == null",
        "true",
        'staff > 5 || size == "below" && false',
        '(staff > 5 || size == "below") && true',
        'park != "a \\"quoted\\" \\\\ one"',
        "staff\n  > 5",
    ],
)
def test_condition_when_true_of_the_facts_then_holds(source):
    assert holds(source) is True


@pytest.mark.parametrize(
    ("source", "facts", "expected"),
    [
        ("share != null && share > 0.5", {}, False),
        ("share != null && share > 0.5", {"share": 0.6}, True),
        ("share != null && share >= 1.0", {"share": 1}, True),
        ('risk != null && risk == "high"', {"risk": "high"}, True),
        ('until != null && until < date("2022-05-01")', {"until": date(2022, 4, 30)}, True),
        ('until != null && until < date("2022-05-01")', {"until": date(2022, 5, 1)}, False),
        ("size(tags) > 0", {"tags": []}, False),
        ('"b" in tags', {"tags": ("b",)}, True),
        ("staff > 0", {"staff": 0}, False),
    ],
)
def test_condition_when_facts_change_then_follows_them(source, facts, expected):
    assert holds(source, **facts) is expected


@pytest.mark.parametrize(
    ("source", "says", "remedy"),
    [
        ("", "found the end", "grammar"),
        ("sise == 'above'", "“sise” is not a fact of tests.applicant", "did you mean “size”?"),
        ("size == 'abov'", "“abov” can never be", "above, below"),
        ("size in ['above', 'abov']", "“abov” can never be", "above, below"),
        ("'c' in tags", "“c” can never be", "a, b"),
        ("staff", "is of type int, not a condition", "compare it"),
        ("risk", "not a condition", "compare it"),
        ("staff == 'many'", "cannot compare int with string", "one type"),
        ("staff > 1.0", "cannot compare int with float", "write 20 for an int"),
        ("staff == true", "cannot compare int with bool", "one type"),
        ("size < 'b'", "cannot compare", "one type"),
        ("park < 'b'", "cannot compare", "one type"),
        ("exports > false", "cannot compare", "one type"),
        ("since == '2022-04-01'", "cannot compare date with string", "one type"),
        ("since > date('2022-04-31')", "not a day of the calendar", "2022-04-27"),
        ("since > date('20220430')", "not a day of the calendar", "2022-04-27"),
        ("since > date(park)", "not a function", "date("),
        ("share > 0.5", "“share” may be unknown", "share != null && …"),
        ("share == 0.5", "“share” may be unknown", "share != null && …"),
        ("!(share > 0.5)", "“share” may be unknown", "ask first"),
        ("share != null || share > 0.5", "“share” may be unknown", "ask first"),
        ("share > 0.5 && share != null", "“share” may be unknown", "ask first"),
        ("until != null && share > 0.5", "“share” may be unknown", "ask first"),
        ("(share != null || exports) && share > 0.5", "“share” may be unknown", "ask first"),
        ("risk in ['low']", "“risk” may be unknown", "ask first"),
        ("staff == null", "is never unknown", "leave out"),
        ("null == null", "cannot compare", ""),
        ("share < null", "cannot compare", ""),
        ("exports && staff", "expects bool, found int", "type bool"),
        ("!staff", "expects bool, found int", "type bool"),
        ("size(park) > 1", "expects list<string>, found string", ""),
        ("staff.startsWith('3')", "expects string, found int", ""),
        ("size.startsWith('a')", "expects string, found one of", ""),
        ("park.startsWith(3)", "expects string, found int", ""),
        ("park.matches('x')", "found “matches”", ""),
        ("labels.exists(x, x == 'y')", "found “exists”", ""),
        ("labels == labels", "cannot compare", ""),
        ("labels in ['x']", "cannot compare", ""),
        ("staff in labels", "cannot compare int with list<string>", ""),
        ("'x' in park", "“in” needs a list", '["a", "b"]'),
        ("staff in []", "the list is empty", "at least one"),
        ("staff in [1, 'x']", "cannot compare int with string", ""),
        ("[1] == [1]", "only on the right of “in”", ""),
        ("staff + 1 > 2", "“+” does not belong", "use facts"),
        ("staff > 1 ? true : false", "“?” does not belong", ""),
        ("staff > 99999999999999999999", "is too big", "smaller"),
        ("staff > 1u", "does not belong", ""),
        ("staff > 1 staff", "found “staff” where the end", ""),
        ("(staff > 1", "found the end where “)”", ""),
        ("1 < staff < 3", "found “<” where the end", ""),
        ("park == 'a\\x41'", "escape \\x is not admitted", "the character itself"),
        ("park == r'a'", "found “'a'”", ""),
        ("park.startsWith('x') == 'y'", "cannot compare bool with string", ""),
        ("max(staff) > 1", "“max(…)” is not a function", "size(list)"),
        ("!" * 60 + "exports", "nested too deeply", "split"),
        (" || ".join(["exports"] * 62), "joins more than 60", "split"),
        ("exports" + " " * 4000, "longer than 4000", "split"),
        ("(" * 60 + "exports" + ")" * 60, "nested too deeply", "split"),
    ],
)
def test_condition_when_it_could_fail_or_mislead_then_is_refused_at_load(source, says, remedy):
    with pytest.raises(ConditionInvalid) as refused:
        Condition.compiled(source, SCHEMA)
    assert says in str(refused.value)
    assert remedy in refused.value.remedy
    assert refused.value.remedy


def test_condition_when_refused_then_tells_the_character():
    with pytest.raises(ConditionInvalid) as refused:
        Condition.compiled("exports && sise == 'x'", SCHEMA)
    assert refused.value.column == 12


def test_condition_when_compiled_then_names_its_facts():
    condition = Condition.compiled('size == "above" && !(staff > 3) || size(labels) > 1', SCHEMA)
    assert condition.names == {"size", "staff", "labels"}
    assert str(condition) == 'size == "above" && !(staff > 3) || size(labels) > 1'


@pytest.mark.parametrize(
    "source", ['size == "above" && staff >= 20 && "a" in tags', 'since >= date("2022-04-01")']
)
def test_condition_when_evaluated_then_takes_under_a_hundred_microseconds(source):
    condition, prepared = Condition.compiled(source, SCHEMA), SCHEMA.prepared(FACTS)
    best = min(timeit.repeat(lambda: condition.holds(prepared), number=500, repeat=5)) / 500
    assert best < 100e-6


@pytest.mark.parametrize(
    ("facts", "name", "complaint"),
    [
        ({"colour": "red"}, "colour", "is not a fact of tests.applicant"),
        ({"staff": None}, "staff", "is missing; it must be int"),
        ({"staff": "3"}, "staff", "is '3'; it must be int"),
        ({"staff": True}, "staff", "must be int"),
        ({"rate": True}, "rate", "must be float"),
        ({"exports": 1}, "exports", "must be bool"),
        ({"size": "huge"}, "size", "must be one of above, below"),
        ({"since": "2022-04-01"}, "since", "must be date"),
        ({"tags": ["c"]}, "tags", "must be a list of a, b"),
        ({"labels": "x"}, "labels", "must be list<string>"),
        ({"labels": [1]}, "labels", "must be list<string>"),
        ({"risk": "mid"}, "risk", "must be one of low, high or unknown"),
    ],
)
def test_prepared_when_facts_do_not_keep_to_the_schema_then_raises(facts, name, complaint):
    with pytest.raises(FactsInvalid) as refused:
        SCHEMA.prepared({**FACTS, **facts})
    assert list(refused.value.complaints) == [name]
    assert complaint in refused.value.complaints[name]


comparisons = st.one_of(
    st.tuples(
        st.just("staff"), st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), st.integers(-3, 3).map(str)
    ),
    st.tuples(st.just("size"), st.sampled_from(["==", "!="]), st.sampled_from(["'above'", "'below'"])),
    st.tuples(st.sampled_from(["'a'", "'b'"]), st.just("in"), st.just("tags")),
    st.tuples(st.just("share"), st.sampled_from(["==", "!="]), st.just("null")),
    st.tuples(st.just("staff"), st.just("in"), st.just("[0, 2]")),
).map(" ".join)
expressions = st.recursive(
    comparisons | st.just("exports"),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda one: f"!({one})"),
        inner.map(lambda one: f"share != null && share > 0.5 || {one}"),
    ),
    max_leaves=8,
)
facts = st.fixed_dictionaries(
    {
        "staff": st.integers(-3, 3),
        "size": st.sampled_from(["above", "below"]),
        "tags": st.lists(st.sampled_from(["a", "b"])),
        "exports": st.booleans(),
        "share": st.none() | st.floats(0, 1),
    }
)


def as_python(source: str) -> str:
    """The same condition for Python, whose operators bind alike when `!` is written with parentheses."""
    for ours, theirs in (("!=", "≠"), ("!", " not "), ("≠", "!="), ("&&", " and "), ("||", " or ")):
        source = source.replace(ours, theirs)
    return source.replace("null", "None")


@settings(max_examples=300, deadline=None)
@given(expressions, facts)
def test_condition_when_the_library_runs_it_then_decides_as_python_would(source, given_facts):
    expected = eval(as_python(source), {"exports": None, **given_facts})
    assert holds(source, **given_facts) is expected


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab'\"!&|=<>()[]., 01nulstaffexports", max_size=25))
def test_condition_when_any_text_is_given_then_is_refused_or_is_cel(source):
    try:
        condition = Condition.compiled(source, SCHEMA)
    except ConditionInvalid:
        return
    cel.compile(source)
    assert condition.holds(SCHEMA.prepared(FACTS)) in (True, False)
