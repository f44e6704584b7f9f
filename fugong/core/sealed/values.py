"""A sealed value as it comes from the database: opened only when somebody reads it."""

from dataclasses import dataclass
from uuid import UUID

from fugong.core.sealed.ciphers import key_id_of
from fugong.core.sealed.faults import NoAuthority
from fugong.core.sealed.keys import open_text
from fugong.core.tenancy import current_authority


@dataclass(frozen=True, slots=True, repr=False)
class Ciphertext:
    """What `values()` and unopened attributes hold. Shows nothing of itself in logs or templates."""

    raw: bytes

    @property
    def key_id(self) -> UUID:
        return key_id_of(self.raw)

    def open(self) -> str:
        """The plain text, under the authority now acting. Raises a SealedFault, never gives an empty text."""
        authority_id = current_authority()
        if authority_id is None:
            raise NoAuthority("a sealed value is opened inside acting_for(its authority) only")
        return open_text(self.raw, authority_id=authority_id)

    def __str__(self) -> str:
        return "<sealed>"

    def __repr__(self) -> str:
        return "<sealed>"
