"""What a bulletin is held to: one digest over all of it, and the audit trail that remembers the digest."""

from __future__ import annotations

from collections.abc import Iterable

from fugong.command.models import Bulletin, BulletinFigure
from fugong.core.audit.queries import list_history
from fugong.core.canonical import digest
from fugong.playbooks.facts import Playbook

ACTS = {"bulletins.compose", "bulletins.correct", "bulletins.publish"}


def digest_of(bulletin: Bulletin, figures: Iterable[BulletinFigure], playbook: Playbook) -> str:
    """A changed letter, figure, row, source or rule changes it. `figures` in the order of the bulletin."""
    frozen = {
        "number": bulletin.number,
        "title": bulletin.title,
        "as_of": bulletin.as_of,
        "known_at": bulletin.known_at,
        "text": bulletin.text,
        "corrects": bulletin.corrects_id,
        "playbook": playbook.sha256,
        "figures": [
            [row.key, row.origin, row.label, row.figure, row.manifest, row.source] for row in figures
        ],
    }
    return digest(frozen).hex()


def is_whole(bulletin: Bulletin, figures: Iterable[BulletinFigure], playbook: Playbook) -> bool:
    """The digest fits what is kept, and it is the one that the audit trail tells of.

    Whoever could rewrite a bulletin together with its digest would have to rewrite the sealed trail too.
    """
    return digest_of(bulletin, figures, playbook) == bulletin.digest and _is_told_of(bulletin)


def _is_told_of(bulletin: Bulletin) -> bool:
    entries = list_history(bulletin._meta.label_lower, str(bulletin.pk), authority_id=bulletin.authority_id)
    told = [entry.changes.get("digest") for entry in entries if entry.action in ACTS]
    return bool(told) and all(each == bulletin.digest for each in told)
