"""The second half of `fugong demo`, once the database runs and Django is ready."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import webbrowser
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from fugong.accounts.operations.roles import shipped_roles
from fugong.areas import queries as areas
from fugong.cli import database
from fugong.core.audit.queries import find_latest
from fugong.hosting import schema
from fugong.hosting.reach import EVERYWHERE, phone_certificate
from fugong.hosting.server import serve
from fugong.scenarios.loading import load
from fugong.scenarios.opening import open_scenario
from fugong.scenarios.reading import Scenario, ScenarioBroken

PASSWORD_FILE = "password"  # noqa: S105 - the name of a file
console = Console(stderr=True)


def run(arguments: argparse.Namespace, *, home: Path, marker: Path) -> int:
    schema.migrate()
    password = _password(home)
    try:
        story = open_scenario(arguments.scenario, part=arguments.part)
        if not marker.exists():
            _load(story, password)
            marker.touch()
    except ScenarioBroken as broken:
        console.print(f"fugong demo: {broken}", markup=False)
        return 1
    _set_clock(story)
    for connection in connections.all():
        connection.close()
    _print_sign_ins(story, password)
    return serve(
        address=EVERYWHERE if arguments.phone else "127.0.0.1",
        port=arguments.port,
        certificate=phone_certificate(home, hosts=[]) if arguments.phone else None,
        on_ready=None if arguments.no_browser else _open_browser,
        every_moment=database.chores(),
    )


def _password(home: Path) -> str:
    """One for all sign-ins of this demonstration, made up once and readable by its owner only."""
    path = home / "keys" / PASSWORD_FILE
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"fugong-{secrets.token_hex(4)}")
    return path.read_text().strip()


def _load(story: Scenario, password: str) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(story.head["told"], total=None)
        load(
            story,
            password=password,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _set_clock(story: Scenario) -> None:
    """Not before anything that was done: the demonstration may have been used already."""
    authority = areas.find_authority(story.head["authority"]["code"])
    done_last = find_latest(authority.id) if authority else None
    start: datetime = max(story.ends_at, (done_last or story.ends_at) + timedelta(minutes=1))
    settings.FUGONG_CLOCK = start
    os.environ["FUGONG_CLOCK"] = start.isoformat()


def _print_sign_ins(story: Scenario, password: str) -> None:
    names = {role["code"]: role["name"] for role in shipped_roles()}
    table = Table(title="Sign-ins of the demonstration", title_justify="left")
    for heading in ("user name", "role", "who"):
        table.add_column(heading)
    for user in story.signed:
        role = names[user["role"]]
        table.add_row(user["username"], f"{role['zh']} / {role['en']}", user["name"])
    console.print(table)
    console.print(f"password for all of them: [bold]{password}[/bold]")


def _open_browser(url: str) -> None:
    if sys.stdout.isatty():
        webbrowser.open(url)
