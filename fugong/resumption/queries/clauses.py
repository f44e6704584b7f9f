"""Where a reason stands: a path into the playbook is kept, and read as the documents behind it."""

from __future__ import annotations

from fugong.playbooks.queries import clause_words
from fugong.resumption.choices import PointKind

__all__ = ["clause_words", "point_path"]


def point_path(kind: str, key: str) -> str:
    """The path of what a reviewer pointed at; empty for the fields every application has."""
    if kind == PointKind.ITEM:
        standard, _slash, item = key.partition("/")
        return f"standards.{standard}.items.{item}" if item else f"standards.{standard}"
    return {PointKind.PAPER: f"papers.{key}", PointKind.LETTER: f"letters.{key}"}.get(PointKind(kind), "")
