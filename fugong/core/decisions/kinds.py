"""The kinds of decision: contexts register theirs at start-up, core knows the key and the label."""

from collections.abc import Mapping

from django.utils.functional import Promise

_kinds: dict[str, str | Promise] = {}


class UnknownKind(LookupError):
    """A decision of a kind that no context has registered."""


def register_decision_kinds(kinds: Mapping[str, str | Promise]) -> None:
    """`{"resumption.approval": _("Approval …")}`. Raises ValueError when a key has another label already."""
    taken = [key for key, label in kinds.items() if key in _kinds and str(_kinds[key]) != str(label)]
    if taken:
        raise ValueError(f"the decision kind {taken[0]!r} is registered already")
    _kinds.update(kinds)


def kind_label(kind: str) -> str | Promise:
    """Raises UnknownKind."""
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownKind(kind) from None
