"""The scanner finds the very keys the standard parser finds, each on its line."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fugong.playbooks.rules.errors import KeyPath
from fugong.playbooks.rules.positions import positions

TEXT = '''title = "x" # a [comment] = 1

[head] # another
plain = 1979-05-27T07:32:00Z
"quoted key".sub = 'literal # no comment'
multi = """
[not.a.table] = "
""\\" still inside"""
raw = \'\'\'
[[no]]'\'\'\'\'
list = [ # of things
  1, # one
  { a = "}", b.c = [
    "]",
    2,
  ] },
]

[[rows]]
x = 1
[[rows.cells]]
y = { z = {} }
[rows.tail]
w = true
[[rows]]
[[rows.cells]]
[[rows.cells]]
y = 1

[deep.er]
k = 1
[deep]
k = 2
'''

LINES = {
    ("title",): 1,
    ("head",): 3,
    ("head", "plain"): 4,
    ("head", "quoted key"): 5,
    ("head", "quoted key", "sub"): 5,
    ("head", "multi"): 6,
    ("head", "raw"): 9,
    ("head", "list"): 11,
    ("head", "list", 0): 12,
    ("head", "list", 1): 13,
    ("head", "list", 1, "a"): 13,
    ("head", "list", 1, "b"): 13,
    ("head", "list", 1, "b", "c"): 13,
    ("head", "list", 1, "b", "c", 0): 14,
    ("head", "list", 1, "b", "c", 1): 15,
    ("rows",): 19,
    ("rows", 0): 19,
    ("rows", 0, "x"): 20,
    ("rows", 0, "cells"): 21,
    ("rows", 0, "cells", 0): 21,
    ("rows", 0, "cells", 0, "y"): 22,
    ("rows", 0, "cells", 0, "y", "z"): 22,
    ("rows", 0, "tail"): 23,
    ("rows", 0, "tail", "w"): 24,
    ("rows", 1): 25,
    ("rows", 1, "cells"): 26,
    ("rows", 1, "cells", 0): 26,
    ("rows", 1, "cells", 1): 27,
    ("rows", 1, "cells", 1, "y"): 28,
    ("deep",): 32,
    ("deep", "er"): 30,
    ("deep", "er", "k"): 31,
    ("deep", "k"): 33,
}


def test_positions_when_all_of_toml_is_used_then_every_line_is_right():
    assert positions(TEXT).lines == LINES
    assert positions(TEXT.replace("\n", "\r\n")).lines == LINES


def test_line_of_when_a_key_is_not_written_then_is_that_of_its_table():
    found = positions(TEXT)
    assert found.line_of(("rows", 1, "cells", 1, "absent", "deeper")) == 27
    assert found.line_of(("nothing",)) == 1
    assert found.line_of(()) == 1


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths(item, (*path, index))


keys = st.sampled_from(["a", "b-1", "c_2", '"d e"', "'f.g'", '"h\\"]"', "7"])
blanks = st.sampled_from(["", " ", "\t "])
breaks = st.sampled_from(["", " ", "\n", " # ] } , = x\n", "\n\n  "])
scalars = st.sampled_from(
    ["1", "-2.5", "true", "2022-04-27", "07:30:00", '"s"', '"]}#\\""', "'[x]#'", '"""a\n"]"""""', "'''\n}'''"]
)


@st.composite
def array(draw: st.DrawFn, items: st.SearchStrategy[str]) -> str:
    parts = draw(st.lists(items, max_size=3))
    gap = draw(breaks)
    last = draw(st.sampled_from([",", ""])) if parts else ""
    return "[" + gap + f",{gap}".join(part + gap for part in parts) + last + gap + "]"


@st.composite
def inline_table(draw: st.DrawFn, items: st.SearchStrategy[str]) -> str:
    names = draw(st.lists(keys, max_size=3, unique=True))
    space = draw(blanks)
    return (
        "{" + space + f",{space}".join(f"{name}{space}={space}{draw(items)}{space}" for name in names) + "}"
    )


values = st.recursive(scalars, lambda items: array(items) | inline_table(items), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines: list[str] = []
    for _ in range(draw(st.integers(0, 6))):
        header = draw(st.sampled_from(["", "", "[{}]", "[[{}]]", "[ {} ]"]))
        name = ".".join(draw(st.lists(keys, min_size=1, max_size=3)))
        space = draw(blanks)
        if header:
            lines.append(header.format(name) + draw(st.sampled_from(["", " # [x]"])))
        else:
            lines.append(f"{name}{space}={space}{draw(values)}{draw(st.sampled_from(['', ' # y = 1']))}")
    return "\n".join(lines) + draw(st.sampled_from(["", "\n"]))


@settings(max_examples=300, deadline=None)
@given(documents())
def test_positions_when_tomllib_accepts_a_text_then_finds_the_same_keys(text):
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = positions(text).lines
    assert set(found) == set(paths(parsed))
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), values), min_size=1, max_size=6))
def test_positions_when_keys_follow_each_other_then_lines_count_all_breaks_between(rows):
    text, expected = "", {}
    for number, (gap, value) in enumerate(rows):
        text += "\n" * gap
        expected[f"k{number}",] = text.count("\n") + 1
        text += f"k{number} = {value}\n"
    tomllib.loads(text)
    found = positions(text)
    assert {path: found.lines[path] for path in expected} == expected


@pytest.mark.parametrize("name", ["datong", "zone"])
def test_positions_when_reading_a_playbook_then_finds_all_its_keys(name, request):
    text = request.getfixturevalue(name).text
    assert set(positions(text).lines) == set(paths(tomllib.loads(text)))
