"""What files are handed in for; each purpose has its kinds and its limits. Contexts register theirs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

from fugong.core.files.kinds import DOCUMENTS, IMAGES, FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """`max_bytes` None: the installation's limit for evidence (FUGONG_EVIDENCE_LIMIT_MB)."""

    key: str
    label: str | Promise
    accepts: frozenset[FileKind] = IMAGES | DOCUMENTS
    data_class: str = "evidence"
    max_bytes: int | None = None

    @property
    def limit(self) -> int:
        megabytes: int = settings.FUGONG_EVIDENCE_LIMIT_MB
        return megabytes * 1024 * 1024 if self.max_bytes is None else self.max_bytes


_purposes: dict[str, Purpose] = {}


def register_purposes(purposes: Iterable[Purpose]) -> None:
    """Raises ValueError when a key means another purpose already."""
    for purpose in purposes:
        known = _purposes.get(purpose.key)
        if known is not None and known.accepts != purpose.accepts:
            raise ValueError(f"the file purpose {purpose.key!r} is registered already")
        _purposes[purpose.key] = purpose


def get_purpose(key: str) -> Purpose:
    """Raises LookupError: an unregistered purpose is a mistake in the program, not in the upload."""
    try:
        return _purposes[key]
    except KeyError:
        raise LookupError(f"no file purpose {key!r} is registered") from None
