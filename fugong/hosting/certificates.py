"""What the web server shows a browser so that it may trust the line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate (with its chain) and its key, both PEM files, and the host names it is good for.

    `authority` is the certificate of our own small authority; None for one's own certificate.
    """

    file: Path
    key: Path
    hosts: tuple[str, ...]
    authority: Path | None = None
