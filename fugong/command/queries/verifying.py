"""A bulletin computed again: to the digit, to the row, to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fugong.command.choices import Finding
from fugong.command.models import Bulletin, BulletinFigure
from fugong.command.queries.composing import Composed, compose, manifest_json
from fugong.command.queries.seal import is_whole
from fugong.core.canonical import Json
from fugong.playbooks import queries as playbooks


@dataclass(frozen=True, slots=True)
class FigureVerdict:
    key: str
    label: Mapping[str, str]
    finding: Finding
    frozen: Mapping[str, Json]
    recomputed: Mapping[str, Json] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. `is_good` only when nothing at all differs."""

    number: str
    figures: tuple[FigureVerdict, ...]
    wording: Finding
    seal: Finding

    @property
    def is_good(self) -> bool:
        found = {self.wording, self.seal, *(each.finding for each in self.figures)}
        return found == {Finding.SAME}


def verify(bulletin: Bulletin) -> Verdict:
    """Recomputes every figure as of then, from what was known then, and compares with what was frozen.

    `seal` says whether what was frozen is untouched, `figures` and `wording` whether the record under it is.
    """
    playbook = playbooks.get_version(bulletin.playbook_version_id).playbook
    again = compose(
        playbook, authority_id=bulletin.authority_id, as_of=bulletin.as_of, known_at=bulletin.known_at
    )
    kept = list(BulletinFigure.objects.filter(bulletin=bulletin).order_by("position"))
    return Verdict(
        number=bulletin.number,
        figures=tuple(_figures(kept, again)),
        wording=Finding.SAME if again.text() == bulletin.text else Finding.CHANGED,
        seal=Finding.SAME if is_whole(bulletin, kept, playbook) else Finding.TAMPERED,
    )


def _figures(kept: Iterable[BulletinFigure], again: Composed) -> Iterable[FigureVerdict]:
    new = {each.key: each for each in again.figures}
    for row in kept:
        other = new.get(row.key)
        frozen = {"figure": row.figure, "manifest": row.manifest}
        now = {"figure": other.figure.as_json(), "manifest": manifest_json(other.manifest)} if other else None
        finding = Finding.SAME if frozen == now else Finding.CHANGED
        yield FigureVerdict(row.key, row.label, finding, frozen, now)
