"""Who may draw areas: the system at set-up, and whoever runs the machine."""

from __future__ import annotations

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted


def check_may_draw(actor: Actor) -> None:
    if not actor.is_system and not actor.may("system.see"):
        raise NotPermitted()
