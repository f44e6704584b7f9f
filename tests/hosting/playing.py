"""A deployment's life, in a process of its own: `python -m tests.hosting.playing PART`; see `parts`."""

from __future__ import annotations

import importlib
import os
import sys

import django

from fugong.cli import database


def main(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fugong.settings.base")
    with database.running():
        django.setup()
        parts = importlib.import_module("tests.hosting.parts")
        for line in getattr(parts, words[0])(*words[1:]):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
