"""What accounts tell the other contexts after commit."""

from __future__ import annotations

from typing import Final

RESPONSIBILITY_CHANGED: Final = "accounts.ResponsibilityChanged"
"""Payload: subject_kind, subject. Somebody began or ceased to answer for it."""
