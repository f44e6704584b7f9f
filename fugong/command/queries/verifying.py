"""A bulletin computed again: to the digit, to the row, to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fugong.command.choices import Finding
from fugong.command.models import Bulletin, BulletinFigure
from fugong.command.queries.composing import Composed, compose, manifest_json
from fugong.command.queries.destroyed import as_frozen, destroyed_figures
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
    certificate: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. `is_good` only when nothing at all differs.

    A figure whose rows were destroyed under a certificate is good when it is the total that was sealed
    before.
    """

    number: str
    figures: tuple[FigureVerdict, ...]
    wording: Finding
    seal: Finding

    @property
    def is_good(self) -> bool:
        found = {self.wording, self.seal, *(each.finding for each in self.figures)}
        return found <= {Finding.SAME, Finding.SEALED}

    @property
    def certificates(self) -> tuple[int, ...]:
        """Numbers of those under which rows of its figures were destroyed."""
        return tuple(sorted({each.certificate for each in self.figures if each.certificate is not None}))


def verify(bulletin: Bulletin) -> Verdict:
    """Recomputes every figure as of then, from what was known then, and compares with what was frozen.

    `seal` says whether what was frozen is untouched, `figures` and `wording` whether the record under it is.
    """
    playbook = playbooks.get_version(bulletin.playbook_version_id).playbook
    kept = list(BulletinFigure.objects.filter(bulletin=bulletin).order_by("position"))
    gone = destroyed_figures(bulletin, kept)
    again = compose(
        playbook,
        authority_id=bulletin.authority_id,
        as_of=bulletin.as_of,
        known_at=bulletin.known_at,
        frozen=as_frozen(kept, gone),
    )
    return Verdict(
        number=bulletin.number,
        figures=tuple(_figures(kept, again, gone)),
        wording=Finding.SAME if again.text() == bulletin.text else Finding.CHANGED,
        seal=Finding.SAME if is_whole(bulletin, kept, playbook) else Finding.TAMPERED,
    )


def _figures(
    kept: Iterable[BulletinFigure], again: Composed, gone: Mapping[str, int]
) -> Iterable[FigureVerdict]:
    new = {each.key: each for each in again.figures}
    for row in kept:
        other = new.get(row.key)
        frozen = {"figure": row.figure, "manifest": row.manifest}
        now = {"figure": other.figure.as_json(), "manifest": manifest_json(other.manifest)} if other else None
        number = gone.get(row.key)
        same = Finding.SAME if number is None else Finding.SEALED
        finding = same if frozen == now else Finding.CHANGED
        yield FigureVerdict(row.key, row.label, finding, frozen, now, number)
