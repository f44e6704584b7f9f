"""From the page of a roll to the sheet on which it can be done."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.clock import now as present
from fugong.duties.web.people import Group, Way
from fugong.enterprises import queries as enterprises
from fugong.health.choices import REPORT_FOR
from fugong.health.permissions import may_at
from fugong.people import queries as people


def to_report(actor: Actor, group: Group) -> Way | None:
    """Today's sheet of the crew, for whoever may fill it in; a roll of another day has no sheet any more."""
    if group.enterprise_id is None or not group.period.startswith(local_date(present()).isoformat()):
        return None
    place = enterprises.find_enterprise(actor, group.enterprise_id)
    crew = people.crew_name(group.id) if group.kind == "crew" else ""
    if place is None or crew is None:
        return None
    leads = crew in people.crews_led_by(actor).get(place.id, frozenset())
    if not leads and not may_at(actor, place, REPORT_FOR):
        return None
    address = reverse("health:sheet", args=[place.id])
    return Way(_("Fill in the crew's sheet"), f"{address}?{urlencode({'crew': crew})}" if crew else address)
