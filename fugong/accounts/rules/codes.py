"""One-time codes that are read aloud."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

# No letter or digit that is read as another one: no I, L, O, U, 0, 1.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_GROUPS, CODE_GROUP = 4, 4
CODE_LIFE = timedelta(hours=72)


def new_code() -> str:
    """A one-time code such as K7QM-2F9T-XW3P-HD8R: 78 bits, read aloud without mistakes."""
    groups = ("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def plain_code(entered: str) -> str:
    """What was typed, without the spaces, hyphens and small letters that do not matter."""
    return re.sub(r"[\s-]+", "", entered).upper()
