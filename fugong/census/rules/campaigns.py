"""What a campaign says: its name, whom it names, and the closed lists of outcomes and findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from fugong.core.bilingual import in_language
from fugong.core.refusals import Sentence

CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")
NAME_LENGTH: Final = 80
WORD_LENGTH: Final = 40
MOST: Final = 20
LONGEST_WAIT: Final = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call may end. `again_after` days the next call is due (0: the same day; None: none is).

    One that `closes` ends the case; `sets` are the findings it brings by itself; `group` sums outcomes up.
    """

    key: str
    zh: str
    en: str
    closes: bool = False
    again_after: int | None = None
    group: str = ""
    sets: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return in_language(self.zh, self.en)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"sets": list(self.sets)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Outcome:
        return cls(**{**kept, "sets": tuple(kept["sets"])})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a call may find out about the person. One person may bear several: they are never added up."""

    key: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        return in_language(self.zh, self.en)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignData:
    """What is said of a campaign. `area_code` empty: the whole authority. `script`: what to say."""

    code: str
    name_zh: str
    name_en: str
    scope: str
    starts_on: date
    ends_on: date
    area_code: str = ""
    script: str = ""
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()


def problems_of(data: CampaignData) -> dict[str, Sentence]:
    """By field; empty when the campaign may be kept. Whether the scope is a condition is asked elsewhere."""
    found: dict[str, Sentence] = {}
    if not CODE.fullmatch(data.code):
        found["code"] = _("Small letters, digits and underscores, beginning with a letter; at most 31.")
    for name in ("name_zh", "name_en"):
        if not 0 < len(getattr(data, name)) <= NAME_LENGTH:
            found[name] = _("Write a name of at most %(limit)s characters.") % {"limit": NAME_LENGTH}
    if data.ends_on < data.starts_on:
        found["ends_on"] = _("A campaign cannot end before it begins.")
    if problem := list_problem(data.findings):
        found["findings"] = problem
    if problem := list_problem(data.outcomes) or outcomes_problem(data):
        found["outcomes"] = problem
    return found


def list_problem(entries: Sequence[Outcome | Finding]) -> Sentence | None:
    if len(entries) > MOST:
        return _("At most %(limit)s entries.") % {"limit": MOST}
    keys = [entry.key for entry in entries]
    for entry in entries:
        if not CODE.fullmatch(entry.key):
            return _("“%(key)s” is no key: small letters, digits and underscores.") % {"key": entry.key}
        if keys.count(entry.key) > 1:
            return _("The key “%(key)s” is there twice.") % {"key": entry.key}
        if not 0 < len(entry.zh) <= WORD_LENGTH or not 0 < len(entry.en) <= WORD_LENGTH:
            return _("“%(key)s” needs a name in both languages, of at most %(limit)s characters.") % {
                "key": entry.key,
                "limit": WORD_LENGTH,
            }
    return None


def outcomes_problem(data: CampaignData) -> Sentence | None:
    if not any(outcome.closes for outcome in data.outcomes):
        return _("At least one outcome must close the case, or the list never ends.")
    known = {finding.key for finding in data.findings}
    for outcome in data.outcomes:
        said = {"key": outcome.key}
        if outcome.closes and outcome.again_after is not None:
            return _("“%(key)s” closes the case and asks for another call.") % said
        if outcome.again_after is not None and not 0 <= outcome.again_after <= LONGEST_WAIT:
            return _("“%(key)s”: the next call is due after 0 to %(limit)s days.") % {
                **said,
                "limit": LONGEST_WAIT,
            }
        if missing := set(outcome.sets) - known:
            return _("“%(key)s” brings the finding “%(finding)s”, which is not on the list.") % {
                **said,
                "finding": min(missing),
            }
    return None
