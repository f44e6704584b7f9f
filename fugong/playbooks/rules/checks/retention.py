"""Only classes of data that end, and days within what is possible for each."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from fugong.core.retention import retention_classes
from fugong.core.retention.rules import LONGEST
from fugong.playbooks.rules.errors import Problem
from fugong.playbooks.rules.schema import Policy

PASSAGES: Final = "passages"
BOUNDS: Final = {PASSAGES: (14, 28)}
"""Where passages of the last two weeks are gone nobody can be traced; after four nobody need be."""


def check_retention(policy: Policy) -> Iterator[Problem]:
    known = sorted({*BOUNDS, *(each.key for each in retention_classes() if each.days is not None)})
    for id_, rule in policy.retention.items():
        if id_ not in known:
            close = get_close_matches(id_, known, n=1)
            hint = f"did you mean “{close[0]}”? " if close else ""
            yield Problem(
                ("retention", id_),
                f"“{id_}” is no class of data that ends by its own day",
                f"{hint}the classes are: {', '.join(known)}",
            )
            continue
        least, most = BOUNDS.get(id_, (0, LONGEST))
        if not least <= rule.days <= most:
            yield Problem(
                ("retention", id_, "days"),
                f"is {rule.days}",
                f"write {least} to {most} days",
            )
