"""Identifiers: UUID version 7, whose order helps the indexes; made here, as PostgreSQL before 18 cannot."""

from __future__ import annotations

from uuid import UUID

import uuid_utils
import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()


def new_id_text() -> str:
    """As text at once, for rows that are copied in by the ten thousand."""
    return str(uuid_utils.uuid7())
