"""Writing of gates, codes and passages."""

from fugong.passage.operations.issuing import Issued, issue_code, revoke_codes_of
from fugong.passage.operations.venues import (
    Answered,
    PosterGone,
    confirm_presence,
    open_venue,
    renew_poster,
    scan_venue,
)

__all__ = [
    "Answered",
    "Issued",
    "PosterGone",
    "confirm_presence",
    "issue_code",
    "open_venue",
    "renew_poster",
    "revoke_codes_of",
    "scan_venue",
]
