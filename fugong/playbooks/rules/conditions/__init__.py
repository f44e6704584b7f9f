"""Conditions of a playbook: a closed, typed subset of CEL."""

from fugong.playbooks.rules.conditions.condition import Condition
from fugong.playbooks.rules.conditions.syntax import ConditionInvalid

__all__ = ["Condition", "ConditionInvalid"]
