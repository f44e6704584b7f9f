"""`fugong keys`: the keys in one file, sealed with a passphrase, and back. Needs no database."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from fugong.cli import database
from fugong.core.secrets import keys_folder
from fugong.hosting import keyfile
from fugong.hosting.certificates import wall_clock
from fugong.hosting.faults import HostingFault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="backup | restore")
    keeping = actions.add_parser("backup", help="write all keys into FILE, sealed with a passphrase")
    returning = actions.add_parser("restore", help="bring the keys of FILE back; none that is here is lost")
    for action in (keeping, returning):
        action.add_argument("file", type=Path, metavar="FILE")
        action.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="its first line is the passphrase"
        )


def run(arguments: argparse.Namespace) -> int:
    folder = keys_folder(database.home())
    return (_keep if arguments.action == "backup" else _return)(arguments, folder)


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
