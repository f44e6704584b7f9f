"""Reading for the commander: figures of a playbook, bulletins with their proof, the situation."""

from fugong.command.queries.bulletins import (
    Difference,
    differences,
    find_correction,
    find_newest_published,
    get_bulletin,
    get_figure,
    get_numbered,
    is_published,
    list_bulletins,
    list_published,
)
from fugong.command.queries.composing import Composed, ComposedFigure, Paragraph, compose
from fugong.command.queries.proof import Proof, proof_of
from fugong.command.queries.situation import Share, Situation, situation
from fugong.command.queries.today import ReportsOfDay, Today, today
from fugong.command.queries.verifying import Verdict, verify

__all__ = [
    "Composed",
    "ComposedFigure",
    "Difference",
    "Paragraph",
    "Proof",
    "ReportsOfDay",
    "Share",
    "Situation",
    "Today",
    "Verdict",
    "compose",
    "differences",
    "find_correction",
    "find_newest_published",
    "get_bulletin",
    "get_figure",
    "get_numbered",
    "is_published",
    "list_bulletins",
    "list_published",
    "proof_of",
    "situation",
    "today",
    "verify",
]
