"""Fails when a model has changed and no migration says so. Needs no database."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, skip_checks=True)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
