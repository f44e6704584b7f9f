"""`fugong found`: the first authority of a real deployment, and the codes of its three administrators."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from django.conf import settings

from fugong import founding
from fugong.core import clock
from fugong.core.refusals import Refused
from fugong.hosting import schema
from fugong.playbooks.facts import Playbook
from fugong.playbooks.queries import read_file, shipped


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", help="short name in small letters, such as datong")
    parser.add_argument("--name", required=True, help="in Chinese")
    parser.add_argument("--name-en", default="", help="in English")
    parser.add_argument("--playbook", required=True, help="one that comes along, or a TOML file")
    parser.add_argument("--from-day", type=date.fromisoformat, help="first day in force; today without")


def run(arguments: argparse.Namespace) -> int:
    schema.require_current(say=lambda said: print(said, file=sys.stderr))
    now = clock.now()
    day = arguments.from_day or clock.local_date(now)
    try:
        founded = founding.found(
            arguments.code,
            names=(arguments.name, arguments.name_en),
            playbook=_playbook(arguments.playbook, day),
            from_day=day,
            now=now,
        )
        codes = founding.invite_administrators(founded.founder, prefix=arguments.code, now=now)
    except Refused as refusal:
        print(f"fugong found: {refusal}", file=sys.stderr)
        return 1
    print(f"{arguments.name} is founded. Give each administrator the own code, on paper:")
    for issued in codes:
        print(f"  {issued.user.username:24} {issued.code}   until {issued.expires_at:%Y-%m-%d %H:%M} UTC")
    print(f"Each sets a password at {settings.FUGONG_PUBLIC_URL}/welcome/")
    return 0


def _playbook(named: str, day: date) -> Playbook:
    path = Path(named)
    return read_file(path) if path.suffix == ".toml" else shipped(named, on=day)
