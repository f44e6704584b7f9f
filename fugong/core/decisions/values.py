"""A decision as a value, and its stored form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeAlias

from django.utils.translation import get_language, gettext

from fugong.core.canonical import Json, as_json

Params: TypeAlias = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that is stored without its reader's language: a message with values, or both texts as data.

    Playbooks write their sentences themselves (`written`); the code's sentences are messages (`message`).
    """

    msgid: str = ""
    params: Params = ()
    zh: str = ""
    en: str = ""

    @classmethod
    def message(cls, msgid: str, /, **params: str | int) -> Self:
        """`msgid` has to stand in the message files: write it as gettext_noop("…")."""
        return cls(msgid=msgid, params=tuple(sorted(params.items())))

    @classmethod
    def written(cls, zh: str, en: str = "") -> Self:
        return cls(zh=zh, en=en)

    def __str__(self) -> str:
        """In the active language; a sentence written in one language only is better than none."""
        if self.msgid:
            translated = gettext(self.msgid)
            return translated % dict(self.params) if self.params else translated
        english = (get_language() or "").startswith("en")
        return (self.en or self.zh) if english else (self.zh or self.en)

    def as_json(self) -> dict[str, Json]:
        if self.msgid:
            return {"msgid": self.msgid, "params": dict(self.params)}
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        if "msgid" in stored:
            return cls.message(stored["msgid"], **stored["params"])
        return cls.written(stored["zh"], stored["en"])


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that was applied. `clause` says where the playbook (and its source) puts it."""

    rule: str
    clause: str
    text: Text
    satisfied: bool

    def as_json(self) -> dict[str, Json]:
        return {
            "rule": self.rule,
            "clause": self.clause,
            "text": self.text.as_json(),
            "satisfied": self.satisfied,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(stored["rule"], stored["clause"], Text.from_json(stored["text"]), stored["satisfied"])


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """What the decision stood on: a row by kind and id, with its hash where it could change later."""

    kind: str
    id: str
    label: str = ""
    hash: str = ""

    def as_json(self) -> dict[str, Json]:
        return {"kind": self.kind, "id": self.id, "label": self.label, "hash": self.hash}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(stored["kind"], stored["id"], stored["label"], stored["hash"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Outcome, reasons, evidence, playbook version and time. Who took it is in the record of it."""

    kind: str
    outcome: str
    reasons: tuple[Reason, ...]
    evidence: tuple[EvidenceRef, ...] = ()
    playbook_id: str
    playbook_version: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a decision without a reason does not explain itself")
        if self.at.tzinfo is None:
            raise ValueError("a decision's time needs a zone")

    @property
    def unsatisfied(self) -> tuple[Reason, ...]:
        """What stood in the way."""
        return tuple(reason for reason in self.reasons if not reason.satisfied)

    def as_json(self) -> dict[str, Json]:
        """`from_json` gives back an equal decision."""
        return {
            "kind": self.kind,
            "outcome": self.outcome,
            "reasons": [reason.as_json() for reason in self.reasons],
            "evidence": [ref.as_json() for ref in self.evidence],
            "playbook_id": self.playbook_id,
            "playbook_version": self.playbook_version,
            "at": as_json(self.at),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Raises KeyError or ValueError when the stored form is not one of `as_json`."""
        return cls(
            kind=stored["kind"],
            outcome=stored["outcome"],
            reasons=tuple(Reason.from_json(reason) for reason in stored["reasons"]),
            evidence=tuple(EvidenceRef.from_json(ref) for ref in stored["evidence"]),
            playbook_id=stored["playbook_id"],
            playbook_version=stored["playbook_version"],
            at=datetime.fromisoformat(stored["at"]),
        )
