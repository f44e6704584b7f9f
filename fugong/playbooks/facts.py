"""What contexts above share with playbooks: the facts they publish for conditions, and the types of the
answers.
"""

from fugong.playbooks.rules.cadences import Window
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
from fugong.playbooks.rules.gates import GateRule
from fugong.playbooks.rules.known_evidence import (
    BY_HAND,
    FILE,
    UnknownEvidence,
    evidence_kind,
    evidence_label,
    register_evidence_kinds,
)
from fugong.playbooks.rules.known_facts import APPLICATION, PERSON, register_facts, registered_facts
from fugong.playbooks.rules.levels import (
    Ground,
    GroundKind,
    Law,
    Period,
    Recorded,
    Standing,
    level_at,
    level_of,
    midnight_of,
)
from fugong.playbooks.rules.playbook import Playbook
from fugong.playbooks.rules.returning import Apart, ReturnAnswer
from fugong.playbooks.rules.routing import Reason, RouteChoice
from fugong.playbooks.rules.schema import Named
from fugong.playbooks.rules.schema.clearance import ClearanceTable, HandReason, Level
from fugong.playbooks.rules.schema.gates import GatePolicy, VenuePolicy
from fugong.playbooks.rules.schema.health import Health
from fugong.playbooks.rules.schema.organisation import Assignment, PlanCondition
from fugong.playbooks.rules.schema.reporting import BulletinForm, FigureRule, Section
from fugong.playbooks.rules.schema.routes import Route, Step
from fugong.playbooks.rules.schema.standards import Item, Letter, Paper, Standard, VisitCheck
from fugong.playbooks.rules.schema.timing import Cadence, Wave
from fugong.playbooks.rules.text import Text

__all__ = [
    "APPLICATION",
    "BOOL",
    "BY_HAND",
    "DATE",
    "FILE",
    "FLOAT",
    "INT",
    "PERSON",
    "STRING",
    "STRINGS",
    "Apart",
    "Assignment",
    "BulletinForm",
    "Cadence",
    "ClearanceTable",
    "Condition",
    "ConditionInvalid",
    "Fact",
    "FactSchema",
    "FactsInvalid",
    "FigureRule",
    "GatePolicy",
    "GateRule",
    "Ground",
    "GroundKind",
    "HandReason",
    "Health",
    "Item",
    "Law",
    "Letter",
    "Level",
    "Named",
    "Paper",
    "Period",
    "PlanCondition",
    "Playbook",
    "Reason",
    "Recorded",
    "ReturnAnswer",
    "Route",
    "RouteChoice",
    "Section",
    "Standard",
    "Standing",
    "Step",
    "Text",
    "UnknownEvidence",
    "VenuePolicy",
    "VisitCheck",
    "Wave",
    "Window",
    "evidence_kind",
    "evidence_label",
    "level_at",
    "level_of",
    "midnight_of",
    "register_evidence_kinds",
    "register_facts",
    "registered_facts",
]
