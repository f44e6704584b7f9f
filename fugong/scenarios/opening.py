"""Opening a scenario by its name, whether it lies in data files or is made from counts."""

from __future__ import annotations

from fugong.scenarios.making import made_scenario
from fugong.scenarios.reading import FOLDER, Scenario, ScenarioBroken, read_head, read_scenario


def scenarios() -> list[str]:
    """The names of those that come with Fugong."""
    return sorted(path.parent.name for path in FOLDER.glob("*/scenario.toml"))


def open_scenario(name: str, *, part: int = 1) -> Scenario:
    """`part`: one of how many equal parts is wanted. Raises ScenarioBroken for one that cannot be divided."""
    head = read_head(name)
    if "made" in head:
        return made_scenario(head, part=part)
    if part != 1:
        raise ScenarioBroken(f"{name}: cannot be played in part")
    return read_scenario(name)
