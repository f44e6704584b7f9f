"""What the register tells other contexts after commit, and what it tells playbooks about an enterprise."""

from __future__ import annotations

from typing import Final

# payload of all but the import: enterprise
ENTERPRISE_REGISTERED: Final = "enterprises.EnterpriseRegistered"
ENTERPRISE_UPDATED: Final = "enterprises.EnterpriseUpdated"
ENTERPRISE_LEFT: Final = "enterprises.EnterpriseLeft"
STANDING_CHANGED: Final = "enterprises.StandingChanged"
"""Payload also: state, at, decision."""

ENTERPRISES_IMPORTED: Final = "enterprises.EnterprisesImported"
"""Payload: batch, new, changed."""

ENTERPRISE_FACTS: Final = {
    "kind": "enum",
    "size_class": "enum",
    "industry": "enum",
    "head_count": "int",
    "tags": "list<string>",
    "park": "string",
}
"""The facts of `queries.facts_of`, by name with the type a playbook condition knows them by."""
