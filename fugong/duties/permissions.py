"""Who may look over, excuse or hand over other people's duties. Doing one's own needs no permission."""

from __future__ import annotations

from typing import Final

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted

SEE: Final = "duties.see"
EXCUSE: Final = "duties.excuse"
HAND_OVER: Final = "duties.hand_over"


def may_see_shortfall(actor: Actor) -> bool:
    return actor.may(SEE)


def check_may_see_shortfall(actor: Actor) -> None:
    if not may_see_shortfall(actor):
        raise NotPermitted()


def may_excuse(actor: Actor) -> bool:
    return actor.may(EXCUSE)


def check_may_excuse(actor: Actor) -> None:
    if not may_excuse(actor):
        raise NotPermitted()


def check_may_hand_over(actor: Actor) -> None:
    if not actor.may(HAND_OVER):
        raise NotPermitted()
