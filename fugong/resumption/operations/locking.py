"""Finding and locking what an operation is about: the first step of each of them."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import Conflict, NotFound
from fugong.resumption.models import Application, Step, Suspension


def lock_application(application_id: UUID, *, actor: Actor, version: int | None = None) -> Application:
    """Locks the row until the end of the transaction.

    Raises `NotFound` when the actor may not see it, `Conflict` when it is no longer at the `version` looked
    at.
    """
    application = (
        Application.objects.visible_to(actor)
        .select_related("enterprise")
        .select_for_update(of=("self",))
        .filter(id=application_id)
        .first()
    )
    if application is None:
        raise NotFound
    _check_version(version, application.version)
    return application


def lock_step(application: Application, key: str) -> Step:
    """The step of the running round. The application's own lock guards it."""
    step = Step.objects.filter(application=application, round=application.round, key=key).first()
    if step is None:
        raise NotFound
    step.application = application
    return step


def lock_suspension(suspension_id: UUID, *, actor: Actor, version: int | None = None) -> Suspension:
    suspension = (
        Suspension.objects.visible_to(actor)
        .select_related("enterprise")
        .select_for_update(of=("self",))
        .filter(id=suspension_id)
        .first()
    )
    if suspension is None:
        raise NotFound
    _check_version(version, suspension.version)
    return suspension


def _check_version(looked_at: int | None, present: int) -> None:
    if looked_at is not None and looked_at != present:
        raise Conflict(
            _("Somebody else changed this since you opened the page. Load it again to see what is new."),
            code="changed_meanwhile",
        )
