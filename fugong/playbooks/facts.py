"""What contexts above share with playbooks: the facts they publish for conditions, and the types of the
answers.
"""

from fugong.playbooks.rules.facts_schema import (
    BOOL,
    DATE,
    INT,
    STRING,
    STRINGS,
    Fact,
    FactSchema,
    FactsInvalid,
)
from fugong.playbooks.rules.known_facts import APPLICATION, register_facts
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.routing import Reason, RouteChoice
from fugong.playbooks.rules.schema.organisation import Assignment
from fugong.playbooks.rules.schema.routes import Route, Step
from fugong.playbooks.rules.schema.standards import Item, Letter, Paper, Standard, VisitCheck
from fugong.playbooks.rules.schema.timing import Cadence
from fugong.playbooks.rules.text import Text

__all__ = [
    "APPLICATION",
    "BOOL",
    "DATE",
    "INT",
    "STRING",
    "STRINGS",
    "Assignment",
    "Cadence",
    "Fact",
    "FactSchema",
    "FactsInvalid",
    "Item",
    "Letter",
    "Paper",
    "Playbook",
    "Reason",
    "Route",
    "RouteChoice",
    "Standard",
    "Step",
    "Text",
    "VisitCheck",
    "register_facts",
]
