"""How long the Datong case takes to play through the public operations."""

from __future__ import annotations

from fugong.scenarios.reading import read_scenario
from tests import datong
from tests.bench.measuring import Report, seconds


def measure(report: Report, template: str) -> None:
    story = read_scenario("datong")
    took = seconds(lambda: datong.played(template))
    report.add("load.datong", seconds=round(took, 1), acts=len(story.acts), aim_seconds=60)
