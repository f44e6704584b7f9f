"""What a gate is told of a name: enough to look twice at who stands there, too little to keep."""

from __future__ import annotations

from typing import Final

MOST_STARS: Final = 2


def masked_name(name: str) -> str:
    """The first character (the family name in Chinese), and stars for the rest."""
    return name[:1] + "*" * min(len(name) - 1, MOST_STARS) if name else ""
