"""Classes of data, plans and certificates as pages and papers show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fugong.areas.queries import get_authority_name
from fugong.core.clock import LOCAL
from fugong.core.ending.choices import Fate, Mode, Side
from fugong.core.ending.models import DestructionCertificate, DestructionPlan
from fugong.core.ending.planning import contents_of
from fugong.core.ending.staying import label_of
from fugong.core.punctuation import listed
from fugong.core.retention import RetentionClass, Text, find_kept, retention_class
from fugong.core.retention.rules import Term, ends_wholly_on
from fugong.core.web.parts import Status, Tone


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class with the days in force. `wholly_on`: when all of it is due, the emergency being over."""

    kept: RetentionClass
    days: int | None
    changed: str
    wholly_on: date | None


@dataclass(frozen=True, slots=True)
class PlanLine:
    plan: DestructionPlan
    status: Status
    rows: int


@dataclass(frozen=True, slots=True)
class PartLine:
    """Rows of a table in words."""

    table: Text
    retention: Text
    fate: Text
    before: str
    rows: int
    ids: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate of destruction, ready to be printed."""

    title: str
    authority: str
    number: int
    opening: str
    rows: Sequence[tuple[str, str, int]]
    keys: Sequence[tuple[str, str, str]]
    keys_kept: Sequence[tuple[str, str]]
    totals: Sequence[tuple[str, int]]
    approvals: Sequence[tuple[str, str, str, str]]
    copies: Sequence[str]
    proofs: Sequence[tuple[str, str]]


def line_of(term: Term, *, ended_on: date | None) -> ClassLine:
    changed = f"{term.source}: {term.reason}" if term.is_changed else ""
    return ClassLine(term.retention, term.days, changed, ends_wholly_on(term, ended_on=ended_on))


def plan_line(plan: DestructionPlan) -> PlanLine:
    contents = contents_of(plan)
    return PlanLine(plan, _status(plan), sum(part.rows for part in (*contents.parts, *contents.along)))


def parts_of(plan: DestructionPlan) -> list[PartLine]:
    contents = contents_of(plan)
    return [
        PartLine(
            table=table_name(part.model),
            retention=retention_class(part.retention).label if part.retention else _("goes along"),
            fate=Fate(part.fate).label,
            before=part.before or "",
            rows=part.rows,
            ids=part.ids,
        )
        for part in (*contents.parts, *contents.along)
    ]


def keys_of(plan: DestructionPlan) -> list[tuple[str, str, str]]:
    return [(key.fingerprint, key.data_class, key.started_at[:10]) for key in contents_of(plan).keys]


def table_name(label: str) -> str:
    """As the model calls itself; one that has no words of its own is named by its class of data."""
    meta, kept = apps.get_model(label)._meta, find_kept(label)
    if "verbose_name_plural" in meta.original_attrs or kept is None:
        return str(meta.verbose_name_plural)
    return f"{retention_class(kept.retention).label} · {meta.object_name}"


def paper_of(certificate: DestructionCertificate) -> Paper:
    told = certificate.statement
    return Paper(
        title=_("Certificate of destruction"),
        authority=get_authority_name(certificate.authority_id, language=get_language() or ""),
        number=told["number"],
        opening=_("%(mode)s, as of %(day)s; destroyed from %(begun)s to %(ended)s.")
        % {
            "mode": Mode(told["mode"]).label,
            "day": told["as_of"],
            "begun": _moment(told["began_at"]),
            "ended": _moment(told["ended_at"]),
        },
        rows=[
            *((table_name(row["model"]), str(Fate(row["fate"]).label), row["rows"]) for row in told["rows"]),
            *((f"{table_name(row['model'])} {row['day']}", "", row["rows"]) for row in told.get("days", ())),
        ],
        keys=[(key["fingerprint"], key["data_class"], key["started_at"][:10]) for key in told["keys"]],
        keys_kept=sorted(told["keys_kept"].items()),
        totals=[(str(label_of(key)), len(lines)) for key, lines in certificate.plan.start.totals.items()],
        approvals=[
            (str(Side(each["side"]).label), each["name"], _moment(each["at"]), listed(each["witnesses"]))
            for each in told["approvals"]
        ],
        copies=_copies(told["copies"]),
        proofs=[
            (_("Hash of the approved plan"), told["plan"]),
            (_("Hash over the destroyed rows"), told["rows_hash"]),
            (_("Hash of this certificate"), certificate.digest),
            (_("Signing key"), certificate.key_id),
            (_("Digital signature"), bytes(certificate.signature).hex()),
        ],
    )


def _copies(told: dict[str, object]) -> list[str]:
    """Said in the certificate itself: it proves nothing about copies that no program reaches."""
    said = [_("Backups made before this destruction are not destroyed by it. Destroy them, and record it.")]
    backups = told["backups"]
    assert isinstance(backups, list)
    if backups:
        said.append(_("Backups known to this machine: %(names)s") % {"names": ", ".join(backups)})
    if told["masters_retired"]:
        said.append(
            _("The master keys that opened them are retired here; copies of the keys have to go too.")
        )
    else:
        said.append(_("The master keys that open them are still in use."))
    return said


def _status(plan: DestructionPlan) -> Status:
    if hasattr(plan, "certificate"):
        return Status(_("destroyed, certified"), Tone.GOOD)
    if hasattr(plan, "start"):
        return Status(_("begun, to be finished"), Tone.WARNING)
    if len(plan.approvals.all()) == len(Side):
        return Status(_("approved, to be run"), Tone.WAITING)
    return Status(_("waits for approval"), Tone.WAITING)


def _moment(text: str) -> str:
    return date_format(datetime.fromisoformat(text).astimezone(LOCAL), "Y-m-d H:i")
