"""In which wave an applicant stands: on a date, or each when it is ready."""

from __future__ import annotations

from django.db import connection

from fugong.playbooks.facts import Wave
from fugong.resumption.choices import ApplicationState
from fugong.resumption.models import Application
from fugong.resumption.queries.terms import Terms

HOLDS_A_PLACE = (ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.APPROVED)


def waves_for(terms: Terms) -> tuple[Wave, ...]:
    """Those the applicant may belong to, in the order of the playbook."""
    return terms.playbook.waves_for(terms.facts, terms.on)


def first_with_room(application: Application, terms: Terms) -> Wave | None:
    """The first of them whose quota is not used up; None where there is none.

    To be asked inside the operation that takes the place: until it ends, nobody else takes one in a wave with
    a quota.
    """
    return next((wave for wave in waves_for(terms) if _has_room(wave, application, terms)), None)


def _has_room(wave: Wave, application: Application, terms: Terms) -> bool:
    if wave.quota is None:
        return True
    _lock(f"fugong.wave.{application.authority_id}.{terms.playbook.id}.{wave.id}")
    return _taken(wave, application, terms) < wave.quota


def _taken(wave: Wave, application: Application, terms: Terms) -> int:
    """How many other enterprises hold a place. Whoever is refused or withdraws leaves it to the next."""
    rows = Application.objects.filter(
        wave_key=wave.id,
        playbook_version__playbook_id=terms.playbook.id,
        submitted_at__isnull=False,
        state__in=HOLDS_A_PLACE,
    ).exclude(enterprise_id=application.enterprise_id)
    return rows.values("enterprise_id").distinct().count()


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
