"""What contexts above share with playbooks: the facts they publish for conditions, and the types of the
answers.
"""

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
from fugong.playbooks.rules.known_facts import APPLICATION, PERSON, register_facts
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.returning import Apart, ReturnAnswer
from fugong.playbooks.rules.routing import Reason, RouteChoice
from fugong.playbooks.rules.schema.organisation import Assignment, PlanCondition
from fugong.playbooks.rules.schema.reporting import BulletinForm, FigureRule, Section
from fugong.playbooks.rules.schema.routes import Route, Step
from fugong.playbooks.rules.schema.standards import Item, Letter, Paper, Standard, VisitCheck
from fugong.playbooks.rules.schema.timing import Cadence, Wave
from fugong.playbooks.rules.text import Text

__all__ = [
    "APPLICATION",
    "BOOL",
    "DATE",
    "FLOAT",
    "INT",
    "PERSON",
    "STRING",
    "STRINGS",
    "Apart",
    "Assignment",
    "BulletinForm",
    "Cadence",
    "Condition",
    "ConditionInvalid",
    "Fact",
    "FactSchema",
    "FactsInvalid",
    "FigureRule",
    "Item",
    "Letter",
    "Paper",
    "PlanCondition",
    "Playbook",
    "Reason",
    "ReturnAnswer",
    "Route",
    "RouteChoice",
    "Section",
    "Standard",
    "Step",
    "Text",
    "VisitCheck",
    "Wave",
    "register_facts",
]
