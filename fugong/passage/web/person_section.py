"""What passages bring to a person's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.web.sections import Values
from fugong.passage import operations
from fugong.passage.web.looking import LookForm, first_asked


def section(actor: Actor, person: Any, now: datetime) -> Values | None:
    """The way to the days: where somebody was is told for a reason, and not to whoever opens the file."""
    if not operations.may_look_at(actor, person):
        return None
    return {"person": person, "form": LookForm(initial=first_asked(local_date(now)))}
