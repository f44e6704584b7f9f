"""From the grounds of a level to what is kept of them: in the row, and in the decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_noop

from fugong.clearance.choices import ASK, STANDING_DECISION
from fugong.clearance.models import Evidence
from fugong.core.canonical import Json
from fugong.core.decisions import Decision, EvidenceRef, Reason, Text
from fugong.playbooks.facts import Ground, GroundKind, Named, Playbook

NO_LEVELS = gettext_noop("No playbook in force knows levels.")
TABLES = {
    GroundKind.RULE: "rules",
    GroundKind.REQUIREMENT: "requires",
    GroundKind.BY_HAND: "reasons",
}


def kept_grounds(
    grounds: tuple[Ground, ...], playbook: Playbook, evidence: Mapping[str, Evidence]
) -> list[dict[str, Json]]:
    return [_kept(ground, playbook, evidence.get(ground.evidence)) for ground in grounds]


def decision_of(
    level: str, kept: list[dict[str, Json]], playbook: Playbook | None, *, at: datetime
) -> Decision:
    """Where no playbook knows levels, that is the reason."""
    return Decision(
        kind=STANDING_DECISION,
        outcome=level,
        reasons=tuple(map(_reason, kept)) or (_no_rule(),),
        evidence=tuple(
            EvidenceRef(str(each["kind"]), str(each["evidence"]), str(each["source"]))
            for each in kept
            if each["evidence"]
        ),
        playbook_id=playbook.id if playbook else "",
        playbook_version=playbook.version if playbook else "",
        at=at,
    )


def _kept(ground: Ground, playbook: Playbook, row: Evidence | None) -> dict[str, Json]:
    path = ("clearance", TABLES[ground.kind], ground.key)
    found = playbook.origins.of(path)
    zh, en = _named(ground, playbook, row)
    return {
        "kind": ground.kind.value,
        "key": ground.key,
        "level": ground.level,
        "met": ground.met,
        "name_zh": zh,
        "name_en": en,
        "clause": ", ".join(found.ref) if found else "",
        "evidence": str(row.id) if row else "",
        "source": row.source_label if row else "",
        "url": row.source_url if row else "",
        "since": ground.since.isoformat() if ground.since else None,
        "until": ground.until.isoformat() if ground.until else None,
    }


def _named(ground: Ground, playbook: Playbook, row: Evidence | None) -> tuple[str, str]:
    """A reason that a later playbook does not list any more keeps the wording it was set with."""
    table = playbook.policy.clearance
    assert table is not None
    entries: Mapping[GroundKind, Mapping[str, Named]] = {
        GroundKind.RULE: table.rules,
        GroundKind.REQUIREMENT: table.requires,
        GroundKind.BY_HAND: table.reasons,
    }
    entry = entries[ground.kind].get(ground.key)
    if entry is not None:
        return entry.name.zh, entry.name.en
    label = row.source_label if row else ground.key
    return label, label


def _reason(kept: Mapping[str, Json]) -> Reason:
    text = Text.written(str(kept["name_zh"]), str(kept["name_en"]))
    is_met = bool(kept["met"]) and kept["kind"] == GroundKind.REQUIREMENT
    return Reason(f"clearance.{kept['kind']}.{kept['key']}", str(kept["clause"]), text, is_met)


def _no_rule() -> Reason:
    return Reason(ASK, "", Text.message(NO_LEVELS), satisfied=False)
