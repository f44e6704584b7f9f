"""What `fugong keys status | rotate | renew-master` does once the database and Django are ready."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import chain

from fugong.areas import queries as areas
from fugong.areas.models import Authority
from fugong.cli.progress import counting
from fugong.core import clock, key_rotation
from fugong.core.actor import Actor, system_actor
from fugong.core.key_rotation import KeyOfClass
from fugong.core.sealed import SealedFault, add_master_key, key_ring, reseal_all
from fugong.hosting import schema


def run(arguments: argparse.Namespace) -> int:
    schema.require_current(say=lambda said: print(said, file=sys.stderr))
    found = [each for each in areas.list_authorities() if arguments.authority in ("", each.code)]
    if not found:
        print("fugong keys: there is no such authority.", file=sys.stderr)
        return 2
    try:
        return {"status": _tell, "rotate": _rotate, "renew-master": _renew_master}[arguments.action](
            found, arguments
        )
    except SealedFault as fault:
        print(f"fugong keys: {fault}", file=sys.stderr)
        return 1


def _tell(authorities: Sequence[Authority], arguments: argparse.Namespace) -> int:
    ring = key_ring()
    print(f"{len(ring.keys)} master keys in {ring.folder}, the newest is {ring.current}.")
    for authority in authorities:
        for key in key_rotation.list_keys(authority.id):
            print(f"{authority.code}  {_told(key)}")
    return 0


def _told(key: KeyOfClass) -> str:
    since = f"{key.data_class}: since {key.started_at:%Y-%m-%d %H:%M} UTC"
    return f"{since}, {key.older_keys} older keys, {key.under_older} values still under them"


def _rotate(authorities: Sequence[Authority], arguments: argparse.Namespace) -> int:
    classes = {each.id: [key.data_class for key in key_rotation.list_keys(each.id)] for each in authorities}
    known = sorted(set(chain.from_iterable(classes.values())))
    if not known or arguments.data_class not in ("", *known):
        print(
            f"fugong keys: no such class of data; there are {', '.join(known) or 'none yet'}.",
            file=sys.stderr,
        )
        return 2
    for authority in authorities:
        _rotate_in(authority, [each for each in classes[authority.id] if arguments.data_class in ("", each)])
    print("The new keys are in the database, under the master key: no new copy of the keys is needed.")
    return 0


def _rotate_in(authority: Authority, wanted: Sequence[str]) -> None:
    if not wanted:
        return
    key_rotation.rotate_keys(wanted, actor=_actor(authority), now=clock.now())
    print(f"{authority.code}: new keys for {', '.join(wanted)}.")
    with counting() as tell:
        moved = sum(reseal_all(authority.id, each, tell=tell) for each in wanted)
    print(f"{authority.code}: {moved} values moved to them.")
    print("The older keys stay: files, the trail, second factors and backups lie under them.")


def _renew_master(authorities: Sequence[Authority], arguments: argparse.Namespace) -> int:
    """All authorities, always: the ring is one for the installation."""
    made = add_master_key(key_ring().folder)
    print(f"A new master key: {made}.")
    for authority in authorities:
        moved = key_rotation.rewrap_keys(actor=_actor(authority), now=clock.now())
        print(f"{authority.code}: {moved} keys are wrapped by it now.")
    print("Now run `fugong keys backup` again. The older master keys stay: backups and seals need them.")
    return 0


def _actor(authority: Authority) -> Actor:
    return system_actor(authority.id, "command line")
