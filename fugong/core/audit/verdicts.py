"""What the check of a chain says."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.audit.chain import Head


class Harm(TextChoices):
    """What was done to a row, as far as the chain can tell."""

    ALTERED = "altered", _("the entry has been altered")
    MISSING = "missing", _("an entry has been removed")
    INSERTED = "inserted", _("an entry has been inserted")
    REORDERED = "reordered", _("entries have been reordered")
    BROKEN = "broken", _("the link has been altered, or the entries before it removed and renumbered")
    SEAL = "seal", _("the seal has been altered, or was not made with this installation's key")
    TAIL = "tail", _("the chain is not the one whose head was kept: its end was cut off or rewritten")
    UNSEALED = "unsealed", _("an old entry was never sealed")


@dataclass(frozen=True, slots=True)
class Fault:
    """The first broken row. `position` is its place in the chain, None where it has none."""

    harm: Harm
    position: int | None
    entry_id: UUID | None = None

    @property
    def sentence(self) -> str | Promise:
        return self.harm.label


@dataclass(frozen=True, slots=True)
class Verdict:
    """`checked` links were recomputed; `waiting` entries are too new to be sealed, which is no fault.

    `unproven` are seals whose keyed check could not be made because its master key is not in the ring: the
    chain itself was still recomputed.
    """

    authority_id: UUID
    checked: int
    head: Head | None
    fault: Fault | None
    waiting: int = 0
    unproven: int = 0

    @property
    def is_intact(self) -> bool:
        return self.fault is None
