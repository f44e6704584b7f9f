"""`fugong migrate`: tables to this version, by the role that owns them."""

from __future__ import annotations

import argparse

from django.core.management import call_command

from fugong.hosting import schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether something is to be done")


def run(arguments: argparse.Namespace) -> int:
    schema.require_whole()
    call_command("migrate", database="owner", interactive=False, check_unapplied=arguments.check)
    return 0
