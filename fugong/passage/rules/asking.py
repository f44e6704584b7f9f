"""From what the playbook says of a kind of gate to the closed form by which a gate decides.

Where the playbook is silent, or asks for more than is known of the gate, nobody passes unasked.
"""

from __future__ import annotations

from typing import Final

from fugong.passage.choices import Answer
from fugong.passage.rules.deciding import GateRules
from fugong.playbooks.choices import GateAnswer
from fugong.playbooks.facts import GateRule

NOWHERE: Final = -1
"""An enterprise or a loop to which nobody belongs."""
ANSWERS: Final = {
    GateAnswer.ALLOW: Answer.ALLOW,
    GateAnswer.ASK: Answer.ASK,
    GateAnswer.STOP: Answer.STOP,
}


def asked_at(rule: GateRule | None, *, place: int = 0, loop: int = 0) -> GateRules:
    """`place` is the number of the gate's enterprise and `loop` that of its closed loop; 0: it has none.

    None, a kind of gate of which the playbook says nothing: everybody is asked.
    """
    if rule is None:
        return GateRules(vehicles=Answer.ASK)
    return GateRules(
        levels={level: ANSWERS[answer] for level, answer in rule.levels.items()},
        place=(place or NOWHERE) if rule.own_people_only else 0,
        fever_from=rule.fever_from,
        test_hours=rule.test_hours,
        shift_margin=rule.shift_margin,
        loop=(loop or NOWHERE) if rule.loop else 0,
        visitors=ANSWERS[rule.visitors],
        vehicles=ANSWERS[rule.vehicles],
    )


def as_sent(rules: GateRules) -> dict[str, object]:
    """The rules as phones hold them; read by `deciding.js`."""
    return {
        "levels": {level: int(answer) for level, answer in rules.levels.items()},
        "place": rules.place,
        "fever_from": rules.fever_from,
        "test_hours": rules.test_hours,
        "shift_margin": rules.shift_margin,
        "loop": rules.loop,
        "visitors": int(rules.visitors),
        "vehicles": int(rules.vehicles),
    }
