"""What the app at a gate keeps on the phone, and the version by which it knows of something newer."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

APP: Final = "passage/app.js"
ENTRIES: Final = (APP, "passage/gate.css", "core/mark.svg")
"""Named by the page, with the hash of their content in the name."""
READER: Final = "vendor/zxing/reader/zxing_reader.wasm"
VENDOR: Final = ("vendor/ed25519.js", "vendor/zxing/share.js", "vendor/zxing/reader/index.js")
IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport\()\s*"\./([\w-]+\.js)\"""")


@cache
def modules() -> tuple[str, ...]:
    """Imported by the app and by each other, by their plain names, which the server knows too."""
    seen, left = {APP}, [APP]
    while left:
        named = IMPORT.findall(_found(left.pop()).read_text(encoding="utf-8"))
        fresh = {f"passage/{name}" for name in named} - seen
        seen |= fresh
        left += fresh
    return (*sorted(seen - {APP}), *VENDOR)


def addresses() -> list[str]:
    """All that a phone needs to work without a network."""
    pages = [reverse("gate_app:page"), reverse("gate_app:manifest"), reverse("gate_app:why")]
    plain = [settings.STATIC_URL + name for name in modules()]
    return [*pages, *(static(name) for name in (*ENTRIES, READER)), *plain]


def version(page: str) -> str:
    return hashlib.sha256(page.encode() + _content()).hexdigest()[:16]


@cache
def _content() -> bytes:
    names = (*ENTRIES, READER, *modules(), "passage/service_worker.js")
    return b"".join(hashlib.sha256(_found(name).read_bytes()).digest() for name in names)


@cache
def service_worker() -> str:
    return _found("passage/service_worker.js").read_text(encoding="utf-8")


def _found(name: str) -> Path:
    place = finders.find(name)
    assert isinstance(place, str), name
    return Path(place)
