"""Which kinds of gates the playbook in force knows."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language

from fugong.core.clock import local_date
from fugong.passage.choices import GateKind
from fugong.playbooks import queries as playbooks


def kinds_of_rules(kind: str, *, now: datetime) -> dict[str, str]:
    """Of one kind of gate: the names by key, in the playbook's order. Of the acting authority."""
    language = get_language() or ""
    known = playbooks.list_gate_kinds(on=local_date(now))
    return {each.id: each.name.in_language(language) for each in known if each.kind == GateKind(kind).value}
