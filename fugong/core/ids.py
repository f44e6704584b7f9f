"""Identifiers: UUID version 7, made here, because PostgreSQL before 18 cannot and the order helps the indexes."""

from __future__ import annotations

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()
