"""Where a reason stands: a path into the playbook is kept, and read as the documents behind it."""

from __future__ import annotations

from django.utils.translation import get_language

from fugong.playbooks.facts import Playbook
from fugong.resumption.choices import PointKind


def clause_words(playbook: Playbook, path: str) -> str:
    """The documents with their clauses, then the origin; the path itself where the playbook says nothing."""
    found = playbook.origins.of(tuple(path.split("."))) if path else None
    if found is None:
        return path
    documents = [_document(playbook, reference) for reference in found.ref]
    return " · ".join([*documents, str(found.origin.label)])


def point_path(kind: str, key: str) -> str:
    """The path of what a reviewer pointed at; empty for the fields every application has."""
    if kind == PointKind.ITEM:
        standard, _slash, item = key.partition("/")
        return f"standards.{standard}.items.{item}" if item else f"standards.{standard}"
    return {PointKind.PAPER: f"papers.{key}", PointKind.LETTER: f"letters.{key}"}.get(PointKind(kind), "")


def _document(playbook: Playbook, reference: str) -> str:
    for id_, source in playbook.policy.sources.items():
        if reference == id_:
            return source.number or source.name.in_language(get_language() or "")
        if reference in source.clauses:
            return f"{source.number or source.name.in_language(get_language() or '')} {reference}"
    return reference
