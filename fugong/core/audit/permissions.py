"""Who may read the trail: those whose role says so, and nobody by the way."""

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted

SEE = "audit.see"


def may_see(actor: Actor) -> bool:
    return actor.is_system or actor.may(SEE)


def check_may_see(actor: Actor) -> None:
    """Raises NotPermitted. The system itself (the machine's command line) may."""
    if not may_see(actor):
        raise NotPermitted()
