"""Visits and passes as pages draw them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.clock import to_the_minute
from fugong.core.punctuation import listed
from fugong.core.web.parts import Status, Term, Tone
from fugong.passage.choices import PlateKind
from fugong.passage.models import VehiclePass, Visit
from fugong.people import queries as people

WINDOW = "{} – {}"


def guest_status(row: Visit | VehiclePass, *, now: datetime) -> Status:
    if row.cancelled_at is not None:
        return Status(_p("visit", "Called off"), Tone.BAD)
    if row.ends_at <= now:
        return Status(_p("visit", "Over"), Tone.NEUTRAL)
    if row.starts_at > now:
        return Status(_p("visit", "To come"), Tone.WAITING)
    return Status(_p("visit", "Now"), Tone.GOOD)


def window_of(row: Visit | VehiclePass) -> str:
    return WINDOW.format(to_the_minute(row.starts_at), to_the_minute(row.ends_at))


def visit_terms(visit: Visit) -> list[Term]:
    """The numbers masked: whoever needs them in full has the visitor at the gate."""
    return [
        Term(_p("gate", "No."), visit.serial),
        Term(_("Enterprise"), visit.enterprise.name),
        Term(_("Visits"), visit.host),
        Term(_p("visit", "What for"), visit.purpose),
        Term(_p("visit", "Window"), window_of(visit)),
        Term(_("Telephone"), people.masked_phone(str(visit.phone)) if visit.phone else ""),
        Term(
            _("Number of the document"), people.masked_document(str(visit.document)) if visit.document else ""
        ),
        Term(_("Plate"), visit.plate),
        *_made(visit),
    ]


def pass_terms(row: VehiclePass) -> list[Term]:
    return [
        Term(_p("gate", "No."), row.serial),
        Term(_("Kind"), PlateKind(row.plate_kind).label),
        Term(_("Enterprise"), row.enterprise.name if row.enterprise else ""),
        Term(_("Driver"), row.driver_name),
        Term(_("Telephone"), people.masked_phone(str(row.driver_phone)) if row.driver_phone else ""),
        Term(_("Passengers"), listed(row.passengers)),
        Term(_p("visit", "What for"), row.purpose),
        Term(_p("visit", "Window"), window_of(row)),
        *_made(row),
    ]


def _made(row: Visit | VehiclePass) -> list[Term]:
    made = [Term(_("Recorded"), f"{to_the_minute(row.recorded_at)} {row.recorded_by_name}".strip())]
    if row.cancelled_at is not None:
        said = f"{to_the_minute(row.cancelled_at)} {row.cancelled_by_name}".strip()
        made.append(Term(_p("visit", "Called off"), said))
    return made
