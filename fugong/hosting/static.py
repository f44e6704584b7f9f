"""Pictures, styles and scripts, collected to where the web server reads them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from fugong.hosting.children import Say

STAMP: Final = ".collected"


def collect(*, say: Say) -> bool:
    """Collects into STATIC_ROOT when the sources have changed since; True when it did.

    Without the stamp nothing is deleted: FUGONG_STATIC may name a folder that holds other things.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root / STAMP
    wanted = _fingerprint()
    known = stamp.read_text() if stamp.exists() else ""
    if known == wanted:
        return False
    say(f"Collecting styles and scripts in {root}.")
    root.mkdir(parents=True, exist_ok=True)
    stamp.write_text("unfinished")
    call_command("collectstatic", interactive=False, verbosity=0, clear=bool(known))
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(f"django {django.__version__} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            with storage.open(path) as file:
                digest.update(f"\0{path}\0{file.size}\0".encode())
                for piece in file.chunks():
                    digest.update(piece)
    return digest.hexdigest()
