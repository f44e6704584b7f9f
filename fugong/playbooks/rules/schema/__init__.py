"""The shape of a playbook file, by noun. `Policy` is the whole."""

from fugong.playbooks.rules.schema.parts import Dated, Named, Part, Sourced, parts_of
from fugong.playbooks.rules.schema.policy import Policy

__all__ = ["Dated", "Named", "Part", "Policy", "Sourced", "parts_of"]
