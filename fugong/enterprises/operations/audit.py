"""What the audit row says of the register's fields. Of personal ones only that there is one."""

from __future__ import annotations

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
    if name in PERSONAL:
        return bool(value)
    return value
