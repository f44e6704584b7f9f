"""What is still on its way and what got stuck; of the authority now acting."""

from fugong.core.facts.models import Fact


def list_dead(*, limit: int | None = 100) -> list[Fact]:
    """Facts that no attempt could deliver, newest first; `last_error` says why. None: all of them."""
    return list(Fact.objects.filter(dead_at__isnull=False).order_by("-dead_at", "-id")[:limit])


def count_waiting() -> int:
    return Fact.objects.filter(delivered_at=None, dead_at=None).count()
