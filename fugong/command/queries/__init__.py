"""Reading for the commander: figures of a playbook, bulletins with their proof, the situation."""

from fugong.command.queries.bulletins import (
    BulletinSummary,
    get_bulletin,
    get_figure,
    list_bulletins,
    newest_published,
    numbered,
)
from fugong.command.queries.composing import Composed, ComposedFigure, Paragraph, compose
from fugong.command.queries.proof import Proof, proof_of
from fugong.command.queries.situation import Share, Situation, situation
from fugong.command.queries.verifying import Verdict, verify

__all__ = [
    "BulletinSummary",
    "Composed",
    "ComposedFigure",
    "Paragraph",
    "Proof",
    "Share",
    "Situation",
    "Verdict",
    "compose",
    "get_bulletin",
    "get_figure",
    "list_bulletins",
    "newest_published",
    "numbered",
    "proof_of",
    "situation",
    "verify",
]
