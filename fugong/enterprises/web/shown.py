"""Enterprises as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.web.parts import Status, Step, Term, Tone
from fugong.enterprises import queries
from fugong.enterprises.choices import Industry, Kind, Provenance, SizeClass, StandingState, Tag
from fugong.enterprises.models import Enterprise, Premises, RegisterEvent

STANDING_TONES = {
    StandingState.NOT_RESUMED: Tone.NEUTRAL,
    StandingState.RESUMED: Tone.GOOD,
    StandingState.SUSPENDED: Tone.BAD,
}
STANDING_ICONS = {
    StandingState.NOT_RESUMED: "circle-dashed",
    StandingState.RESUMED: "circle-check",
    StandingState.SUSPENDED: "player-pause",
}


def standing_status(state: str) -> Status:
    known = StandingState(state)
    return Status(known.label, STANDING_TONES[known], STANDING_ICONS[known])


def tag_labels(enterprise: Enterprise) -> str:
    return " · ".join(str(Tag(tag).label) for tag in enterprise.tags)


def terms_of(enterprise: Enterprise, premises: Iterable[Premises], *, may_edit: bool) -> list[Term]:
    """What the register says. The contact stands on this page only, never in a list or an export."""
    terms = [
        Term(_("Unified social credit code"), enterprise.credit_code),
        Term(_("Kind"), Kind(enterprise.kind).label),
        Term(_("Size class"), SizeClass(enterprise.size_class).label),
        Term(_("Industry"), Industry(enterprise.industry).label),
        Term(_("Tags"), tag_labels(enterprise)),
        Term(_("Park"), enterprise.area.name),
        Term(_("Address"), enterprise.address),
        *(_premises_term(enterprise, each, may_edit=may_edit) for each in premises),
        Term(_("Normal number of staff"), enterprise.normal_staff),
        Term(_("Normal capacity"), enterprise.normal_capacity),
        Term(_("In the park since"), enterprise.entered_on.isoformat()),
    ]
    if enterprise.left_on is not None:
        terms.append(Term(_("Left the park on"), enterprise.left_on.isoformat()))
    contact = f"{enterprise.contact_name} {enterprise.contact_phone}".strip()
    terms.append(Term(_("Contact"), contact))
    if enterprise.provenance != Provenance.ENTERED:
        terms.append(Term(_("Where this row comes from"), Provenance(enterprise.provenance).label))
    return terms


def _premises_term(enterprise: Enterprise, premises: Premises, *, may_edit: bool) -> Term:
    """Those in use lead to the form that gives them up."""
    where = f"{premises.area.name} {premises.address}"
    if premises.until_on is not None:
        return Term(_("Premises until %(day)s") % {"day": premises.until_on.isoformat()}, where)
    url = reverse("enterprises:end_premises", args=[enterprise.id, premises.id]) if may_edit else ""
    return Term(_("Further premises"), where, url)


def own_steps(actor: Actor, enterprise: Enterprise, now: datetime) -> list[Step]:
    """What the register itself knows of the past: entry, changes, standing."""
    events = queries.list_history(actor, enterprise.id)
    changes = [_change(event, first=event is events[-1]) for event in events]
    stood = [
        Step(
            title=_("Standing: %(state)s") % {"state": StandingState(event.state).label},
            at=event.at,
            tone=STANDING_TONES[StandingState(event.state)],
            icon=STANDING_ICONS[StandingState(event.state)],
        )
        for event in queries.list_standing_events(actor, enterprise.id)
    ]
    return changes + stood


def _change(event: RegisterEvent, *, first: bool) -> Step:
    if first:
        title, icon = _("Entered on the register"), "building-factory-2"
    elif not event.is_present:
        title, icon = _("Left the park"), "logout"
    else:
        title, icon = _("The register was changed"), "pencil"
    note = f"{event.area.name} · {SizeClass(event.size_class).label} · {Industry(event.industry).label}"
    return Step(title=title, at=event.recorded_at, note=note, icon=icon)


def address_of(enterprise: Enterprise) -> str:
    return reverse("enterprises:detail", args=[enterprise.id])
