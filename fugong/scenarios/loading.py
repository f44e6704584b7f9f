"""Loading a scenario from nothing to its last act, with its progress told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fugong.areas import queries as areas
from fugong.core.audit.sealing import seal, seal_all
from fugong.core.tenancy import acting_for
from fugong.playbooks.queries import shipped
from fugong.scenarios import people
from fugong.scenarios.acting import Story
from fugong.scenarios.reading import Act, Scenario, ScenarioBroken, told_with

Progress = Callable[[int, int], None]
SEAL_EVERY = 200


def load(scenario: Scenario, *, password: str, progress: Progress) -> None:
    """Plays everything from nothing. Raises ScenarioBroken, with the line of the data file, at the first
    refusal, and when the scenario's authority is here already: a scenario is not played on top of another.
    """
    code = scenario.head["authority"]["code"]
    if areas.find_authority(code) is not None:
        raise ScenarioBroken(
            f"{scenario.id}: the authority {code} is here already; start with an empty database"
        )
    parts = (scenario.enterprises, scenario.users, scenario.assignments, scenario.acts)
    count = _Count(sum(len(part) for part in parts), progress)
    stage = people.found(scenario, shipped(scenario.head["playbook"], on=scenario.head["from_day"]))
    with acting_for(stage.founder.authority_id):
        people.admit_enterprises(stage, count.one)
        people.admit_people(stage, count.one, password=password)
        people.assign_people(stage, count.one)
        _play(Story(stage), scenario.acts, count.one)
        seal_all(stage.founder.authority_id, now=scenario.ends_at)


def _play(story: Story, acts: Sequence[Act], done: Callable[[], None]) -> None:
    for number, act in enumerate(acts):
        with told_with(act.source, f"{act.who} {act.what} {act.enterprise} at {act.at:%Y-%m-%d %H:%M}"):
            story.do(act)
        done()
        if number % SEAL_EVERY == 0:
            seal(story.stage.founder.authority_id, now=act.at)


class _Count:
    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress, self.done = total, progress, 0

    def one(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)
