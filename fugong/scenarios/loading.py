"""Loading a scenario from nothing to its last act, with its progress told."""

from __future__ import annotations

from collections.abc import Callable

from fugong.areas import queries as areas
from fugong.core.audit.sealing import seal
from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for
from fugong.playbooks.queries import shipped
from fugong.scenarios import people
from fugong.scenarios.acting import Story
from fugong.scenarios.reading import Act, Scenario, ScenarioBroken

Progress = Callable[[int, int], None]
SEAL_EVERY = 200


def is_loaded(scenario: Scenario) -> bool:
    """Whether the last act has been played: a load that was cut off is no scenario."""
    return areas.find_authority(scenario.head["authority"]["code"]) is not None


def load(scenario: Scenario, *, password: str, progress: Progress) -> None:
    """Plays everything. Raises ScenarioBroken, with the line of the data file, at the first refusal."""
    parts = (scenario.enterprises, scenario.users, scenario.assignments, scenario.acts)
    total = sum(len(part) for part in parts)
    count = _Count(total, progress)
    stage = people.found(scenario, shipped(scenario.head["playbook"], on=scenario.head["from_day"]))
    with acting_for(stage.founder.authority_id):
        people.admit_enterprises(stage, count.one)
        people.admit_people(stage, count.one, password=password)
        people.assign_people(stage, count.one)
        story = Story(stage)
        for number, act in enumerate(scenario.acts):
            _play(story, act)
            count.one()
            if number % SEAL_EVERY == 0:
                seal(stage.founder.authority_id, now=act.at)
        seal(stage.founder.authority_id, now=scenario.ends_at)


def _play(story: Story, act: Act) -> None:
    try:
        story.do(act)
    except Refused as refusal:
        said = "; ".join(f"{key}: {text}" for key, text in refusal.fields.items())
        told = f"{act.who} {act.what} {act.enterprise} at {act.at:%Y-%m-%d %H:%M}"
        raise ScenarioBroken(f"{act.source}: {told}: {refusal} {said}") from refusal


class _Count:
    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress, self.done = total, progress, 0

    def one(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)
