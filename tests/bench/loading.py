"""How long the two cases take to play through the public operations."""

from __future__ import annotations

from functools import partial

from fugong.scenarios.opening import open_scenario
from tests import datong
from tests.bench.measuring import Report, seconds


def measure(report: Report, template: str) -> None:
    for name, aim in (("datong", 60), ("heyuan", 180)):
        story = open_scenario(name)
        people = sum(map(len, story.ledgers.values()))
        took = seconds(partial(datong.played, template, name))
        report.add(
            f"load.{name}", seconds=round(took, 1), acts=len(story.acts), people=people, aim_seconds=aim
        )
