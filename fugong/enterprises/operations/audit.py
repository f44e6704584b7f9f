"""What the audit row says of the register's fields. Personal ones go in sealed."""

from __future__ import annotations

from fugong.core.audit.personal import Personal
from fugong.enterprises.rules.data import EnterpriseData, differences

PERSONAL = frozenset({"contact_name", "contact_phone"})


def entry_of(data: EnterpriseData) -> dict[str, object]:
    """All that was said when the enterprise was entered."""
    return {
        name: _shown(name, getattr(data, name))
        for name in EnterpriseData.__dataclass_fields__
        if getattr(data, name) not in ("", ())
    }


def changes_of(before: EnterpriseData, after: EnterpriseData) -> dict[str, object]:
    """[before, after] of each field that differs."""
    return {
        name: [_shown(name, getattr(before, name)), _shown(name, getattr(after, name))]
        for name in differences(before, after)
    }


def _shown(name: str, value: object) -> object:
    return Personal(str(value), "contact") if name in PERSONAL and value else value
