"""What phones, and the person who starts the server, are told about a local authority."""

from __future__ import annotations

import io
from pathlib import Path

import segno
from django.template.loader import render_to_string

from fugong.hosting.authority import fingerprint


def page(url: str, authority: Path) -> str:
    """The page of the doorstep, in both languages."""
    context = {"url": url, "fingerprint": fingerprint(authority).split(":"), "languages": ("zh-hans", "en")}
    return render_to_string("hosting/doorstep.html", context)


def text(step: str, authority: Path) -> str:
    """For the terminal: the way for phones as a QR code, and what to compare before trusting."""
    return (
        f"Phones begin at {step}\n{qr(step)}"
        "There they get the certificate of this server's authority. Its SHA-256 fingerprint, to compare:\n"
        f"{fingerprint(authority)}"
    )


def qr(content: str) -> str:
    drawn = io.StringIO()
    segno.make(content, error="l").terminal(drawn, compact=True, border=2)
    return drawn.getvalue()
