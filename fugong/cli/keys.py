"""`fugong keys`: kept in a sealed file and brought back (needs no database), told and changed (does)."""

from __future__ import annotations

import argparse
import getpass
import importlib
from pathlib import Path

import django

from fugong.cli import database
from fugong.core.secrets import keys_folder
from fugong.hosting import keyfile
from fugong.hosting.certificates import wall_clock
from fugong.hosting.faults import HostingFault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    names = "backup | restore | status | rotate | renew-master"
    actions = parser.add_subparsers(dest="action", required=True, metavar=names)
    keeping = actions.add_parser("backup", help="write all keys into FILE, sealed with a passphrase")
    returning = actions.add_parser("restore", help="bring the keys of FILE back; none that is here is lost")
    for action in (keeping, returning):
        action.add_argument("file", type=Path, metavar="FILE")
        action.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="its first line is the passphrase"
        )
    telling = actions.add_parser("status", help="the keys in use, and what still lies under older ones")
    rotating = actions.add_parser("rotate", help="new data keys; values in rows are moved to them")
    rotating.add_argument("--class", dest="data_class", metavar="CLASS", default="", help="such as contact")
    for action in (telling, rotating):
        action.add_argument("--authority", metavar="CODE", default="", help="one authority (default: all)")
    renewing = actions.add_parser("renew-master", help="a new master key, and all data keys under it")
    renewing.set_defaults(authority="")


def run(arguments: argparse.Namespace) -> int:
    if arguments.action not in WITHOUT_DATABASE:
        return _with_database(arguments)
    folder = keys_folder(database.home())
    return WITHOUT_DATABASE[arguments.action](arguments, folder)


def _with_database(arguments: argparse.Namespace) -> int:
    with database.running():
        django.setup()
        # By name: what touches rows can be imported only now.
        code: int = importlib.import_module("fugong.cli.rotating").run(arguments)
    return code


def _keep(arguments: argparse.Namespace, folder: Path) -> int:
    keys = keyfile.collect(folder)
    keyfile.write(arguments.file, keys, passphrase=_passphrase(arguments, new=True))
    print(f"{arguments.file}: {len(keys)} keys of {folder}.")
    print("Keep it apart from the backups, and its passphrase apart from both.")
    print("Do this again whenever a key was made: by a rotation, or by the first certificate.")
    return 0


def _return(arguments: argparse.Namespace, folder: Path) -> int:
    keys = keyfile.read(arguments.file, passphrase=_passphrase(arguments, new=False))
    returned = keyfile.bring_back(keys, folder, now=wall_clock())
    print(f"{len(returned.added)} keys brought back to {folder}, {len(returned.known)} were there already.")
    for name in returned.aside:
        print(f"What stood in the way is now {folder / name}.")
    return 0


def _passphrase(arguments: argparse.Namespace, *, new: bool) -> str:
    if arguments.passphrase_file:
        try:
            return str(arguments.passphrase_file.read_text(encoding="utf-8").partition("\n")[0])
        except OSError as error:
            raise HostingFault(f"{arguments.passphrase_file} cannot be read: {error.strerror}.") from None
    given = getpass.getpass("Passphrase: ")
    if new and getpass.getpass("Once more: ") != given:
        raise HostingFault("The two were not the same; nothing was written.")
    return given


WITHOUT_DATABASE = {"backup": _keep, "restore": _return}
