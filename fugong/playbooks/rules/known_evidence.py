"""The register of kinds of evidence about a person. A context above registers those it records at start-up;
playbooks hold only their names, and a misspelt one is found when the playbook is checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILE: Final = "file"
BY_HAND: Final = "by_hand"


@dataclass(frozen=True, slots=True)
class KindOfEvidence:
    """`is_latest`: only the newest of a person counts, and only it is kept."""

    key: str
    label: str | Promise
    is_latest: bool = False


class UnknownEvidence(LookupError):
    """A programming mistake: a context records evidence of a kind nobody has registered."""


_kinds: dict[str, KindOfEvidence] = {}


def register_evidence_kinds(kinds: Mapping[str, str | Promise], *, latest: Iterable[str] = ()) -> None:
    """`latest` names those of which only the newest counts, such as a daily report.

    The context that records a kind has the last word on its name.
    """
    newest = set(latest)
    for key, label in kinds.items():
        _kinds[key] = KindOfEvidence(key, label, key in newest)


def evidence_kind(key: str) -> KindOfEvidence:
    """Raises UnknownEvidence."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownEvidence(key) from None


def evidence_label(key: str) -> str | Promise:
    """The key itself for evidence kept from a context that is no longer installed."""
    return _kinds[key].label if key in _kinds else key


def evidence_kinds() -> tuple[str, ...]:
    return tuple(sorted(_kinds))


# What rules for people have spoken of everywhere; who records it is no matter to a playbook.
register_evidence_kinds(
    {
        FILE: _("The person has a file"),
        BY_HAND: _("Level set by hand"),
        "health_report": _("Health report"),
        "report_missing": _("Health report missing"),
        "fever": _("Fever"),
        "symptom": _("Symptom"),
        "notified": _("Incident notified from outside"),
        "positive_test": _("Positive test"),
        "negative_test": _("Negative test"),
        "close_contact": _("Close contact"),
        "quarantine": _("Quarantine"),
        "origin": _("Comes from a place with an outbreak"),
    },
    latest=("health_report",),
)
