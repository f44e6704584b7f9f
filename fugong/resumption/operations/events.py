"""The application's own history: every change of state is one more event, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from fugong.core.operation import Operation
from fugong.resumption.choices import ApplicationState, EventKind
from fugong.resumption.models import Application, ApplicationEvent
from fugong.resumption.rules.transitions import side_of


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened; `to_state` None when the state stays."""

    kind: EventKind
    to_state: ApplicationState | None = None
    note: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
    decision_id: UUID | None = None


def record(application: Application, happening: Happening, *, op: Operation) -> ApplicationEvent:
    """Moves the application on, saves it with a new version, and adds the event. The caller
    holds the lock.
    """
    before = application.state
    application.state = happening.to_state or application.state
    application.version += 1
    application.save()
    return ApplicationEvent.objects.create(
        authority_id=op.actor.authority_id,
        application=application,
        kind=happening.kind,
        from_state=before,
        to_state=application.state,
        round=application.round,
        by_id=op.actor.user_id,
        by_name=op.actor.name,
        at=op.now,
        recorded_at=op.now,
        note=happening.note,
        side=side_of(application.state),
        detail=dict(happening.detail),
        decision_id=happening.decision_id,
    )


def payload(application: Application) -> dict[str, object]:
    """What every fact about an application says."""
    return {
        "enterprise": str(application.enterprise_id),
        "application": str(application.id),
        "number": application.number,
    }
