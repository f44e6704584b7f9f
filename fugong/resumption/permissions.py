"""Who may do what with applications, suspensions and reports. Whether the state allows it is a rule, not a
permission.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted
from fugong.playbooks.choices import BodyKind
from fugong.resumption.choices import (
    APPLY,
    REOPEN,
    REPORT,
    REVIEW_DEPARTMENT,
    REVIEW_HEADQUARTERS,
    REVIEW_PARK,
    SEE,
    SEE_REPORTS,
    SUSPEND,
    VERIFY,
)
from fugong.resumption.models import Application, Step, Suspension

REVIEW: Final = frozenset({REVIEW_PARK, REVIEW_DEPARTMENT, REVIEW_HEADQUARTERS})
_LEVELS = {
    BodyKind.TERRITORY: REVIEW_PARK,
    BodyKind.AUTHORITY: REVIEW_HEADQUARTERS,
    BodyKind.HEADQUARTERS: REVIEW_HEADQUARTERS,
    BodyKind.LEADING_GROUP: REVIEW_HEADQUARTERS,
    BodyKind.HIGHER_AUTHORITY: REVIEW_HEADQUARTERS,
}


def permission_of(kind: BodyKind) -> str:
    """What somebody must hold to speak for a body of this kind; groups and departments count
    as departments.
    """
    return _LEVELS.get(kind, REVIEW_DEPARTMENT)


def may_see(actor: Actor) -> bool:
    """Who speaks for an enterprise sees its own applications by that alone."""
    return actor.may(SEE) or actor.may(APPLY) or actor.is_system


def check_may_see(actor: Actor) -> None:
    if not may_see(actor):
        raise NotPermitted


def is_reviewer(actor: Actor) -> bool:
    """On any level."""
    return any(map(actor.may, REVIEW))


def may_apply(actor: Actor, enterprise_id: UUID) -> bool:
    return actor.may(APPLY) and enterprise_id in actor.enterprises


def check_may_apply(actor: Actor, enterprise_id: UUID) -> None:
    if not may_apply(actor, enterprise_id):
        raise NotPermitted(_("Only who speaks for this enterprise may do this."), code="not_contact")


def check_may_report(actor: Actor, enterprise_id: UUID) -> None:
    if not may_report(actor, enterprise_id):
        raise NotPermitted(_("Only who speaks for this enterprise may report for it."), code="not_contact")


def may_report(actor: Actor, enterprise_id: UUID) -> bool:
    return actor.may(REPORT) and enterprise_id in actor.enterprises


def may_see_reports(actor: Actor) -> bool:
    return actor.may(SEE_REPORTS) or actor.may(REPORT)


def check_may_see_reports(actor: Actor) -> None:
    if not may_see_reports(actor):
        raise NotPermitted


def may_verify(actor: Actor, application: Application) -> bool:
    """Its stationed instructor, any holder who sees the area, and the area's own reviewer, to whose opinion
    the
    visit belongs where nobody is stationed. Never somebody who speaks for the enterprise.
    """
    enterprise = application.enterprise
    if enterprise.id in actor.enterprises:
        return False
    in_care = actor.may(VERIFY) and enterprise.id in actor.cared_for
    in_area = any(actor.may_in(permission, enterprise.area_id) for permission in (VERIFY, REVIEW_PARK))
    return in_care or in_area


def check_may_verify(actor: Actor, application: Application) -> None:
    if not may_verify(actor, application):
        raise NotPermitted(_("This enterprise is not in your care."), code="not_in_care")


def may_give_opinion(actor: Actor, step: Step) -> bool:
    enterprise = step.application.enterprise
    own = enterprise.id in actor.enterprises
    return not own and actor.may_in(step.permission, enterprise.area_id)


def check_may_give_opinion(actor: Actor, step: Step) -> None:
    if not may_give_opinion(actor, step):
        raise NotPermitted(_("This opinion belongs to %(step)s.") % {"step": step.name}, code="not_your_step")


def may_confirm_condition(actor: Actor, application: Application) -> bool:
    """Whoever may verify on site; the enterprise itself cannot say that it keeps a condition."""
    return may_verify(actor, application)


def check_may_confirm_condition(actor: Actor, application: Application) -> None:
    if not may_confirm_condition(actor, application):
        raise NotPermitted


def may_propose_suspension(actor: Actor, *, enterprise_id: UUID, area_id: UUID) -> bool:
    """Never somebody who speaks for the enterprise, nor the system."""
    if actor.is_system or enterprise_id in actor.enterprises:
        return False
    in_care = actor.may(SUSPEND) and enterprise_id in actor.cared_for
    return in_care or actor.may_in(SUSPEND, area_id)


def check_may_propose_suspension(actor: Actor, *, enterprise_id: UUID, area_id: UUID) -> None:
    if not may_propose_suspension(actor, enterprise_id=enterprise_id, area_id=area_id):
        raise NotPermitted


def may_settle_suspension(actor: Actor, suspension: Suspension) -> bool:
    """Confirm or decline: a second person, never the one who proposed it, nor who speaks for the
    enterprise.
    """
    if actor.user_id in {None, suspension.proposed_by_id} or suspension.enterprise_id in actor.enterprises:
        return False
    return actor.may_in(SUSPEND, suspension.enterprise.area_id)


def check_may_settle_suspension(actor: Actor, suspension: Suspension) -> None:
    if actor.user_id == suspension.proposed_by_id:
        raise NotPermitted(
            _("You proposed this yourself; a second person has to confirm."), code="second_person"
        )
    if not may_settle_suspension(actor, suspension):
        raise NotPermitted


def may_lift_suspension(actor: Actor, suspension: Suspension) -> bool:
    """Never somebody who speaks for the enterprise: it asks for re-opening by an application."""
    if suspension.enterprise_id in actor.enterprises:
        return False
    return actor.may_in(REOPEN, suspension.enterprise.area_id)


def check_may_lift_suspension(actor: Actor, suspension: Suspension) -> None:
    if not may_lift_suspension(actor, suspension):
        raise NotPermitted
