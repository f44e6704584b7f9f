"""The page of states is drawn from the table of transitions."""

from pathlib import Path

from fugong.support.choices import OPEN_STATES, State
from fugong.support.rules import TRANSITIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "difficulty-states.md"


def drawn() -> str:
    lines = ["stateDiagram-v2", "    [*] --> raised"]
    lines += [f"    {before} --> {after} : {step}" for (before, step), after in TRANSITIONS.items()]
    lines += [f"    {state} --> [*]" for state in State if state not in OPEN_STATES]
    return "\n".join(lines)


def test_page_when_the_table_changes_then_it_is_drawn_anew():
    assert drawn() in PAGE.read_text(encoding="utf-8"), drawn()


def test_page_when_a_state_exists_then_it_has_a_row():
    page = PAGE.read_text(encoding="utf-8")
    assert [state.value for state in State if f"| `{state.value}` |" not in page] == []
