"""The tables without which nothing can be decided."""

from collections.abc import Iterator

from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Policy

_NEEDED = {
    "sources": "say on which documents the playbook stands: [sources.…]",
    "subjects": "say whom it covers: [subjects.…]",
    "routes": "say how an application is decided: [routes.…]",
    "examples": "write [[examples]], good and bad, so that the rules can be tried",
}


def check_presence(policy: Policy, unread: frozenset[KeyPath]) -> Iterator[Problem]:
    for table, remedy in _NEEDED.items():
        if not getattr(policy, table) and not any(path[0] == table for path in unread):
            yield Problem((table,), "is missing or empty", remedy)
