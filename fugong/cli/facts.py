"""`fugong facts`: what one part told another and could not be delivered; see it, and send it again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from uuid import UUID

from fugong.areas import queries as areas
from fugong.areas.models import Authority
from fugong.core import clock, facts
from fugong.core.actor import system_actor
from fugong.core.fact_revival import revive_facts
from fugong.core.tenancy import acting_for
from fugong.hosting import schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="list | revive")
    listing = actions.add_parser("list", help="those given up after six tries, newest first, and why")
    listing.add_argument("--limit", type=int, default=100)
    reviving = actions.add_parser("revive", help="try them again, once what stopped them is mended")
    reviving.add_argument("ids", nargs="*", type=UUID, metavar="ID", help="as printed by `list`; all without")
    for action in (listing, reviving):
        action.add_argument("--authority", metavar="CODE", default="", help="one authority (default: all)")


def run(arguments: argparse.Namespace) -> int:
    schema.require_current(say=lambda said: print(said, file=sys.stderr))
    found = [each for each in areas.list_authorities() if arguments.authority in ("", each.code)]
    if not found:
        print("fugong facts: there is no such authority.", file=sys.stderr)
        return 2
    done = sum(ACTIONS[arguments.action](each, arguments) for each in found)
    if arguments.action == "revive" and arguments.ids and done < len(set(arguments.ids)):
        print("fugong facts: not all of these are dead (any more).", file=sys.stderr)
        return 1
    return 0


def _list(authority: Authority, arguments: argparse.Namespace) -> int:
    with acting_for(authority.id):
        dead, waiting = facts.list_dead(limit=arguments.limit), facts.count_waiting()
    for fact in dead:
        died = f"{fact.dead_at:%Y-%m-%d %H:%M} UTC" if fact.dead_at else ""
        why = " / ".join(fact.last_error.split("\n"))
        print("\t".join([authority.code, str(fact.id), died, fact.name, why]))
    print(f"{authority.code}: {len(dead)} given up, {waiting} on their way", file=sys.stderr)
    return len(dead)


def _revive(authority: Authority, arguments: argparse.Namespace) -> int:
    actor = system_actor(authority.id, "command line")
    revived = revive_facts(arguments.ids, actor=actor, now=clock.now())
    print(f"{authority.code}: {len(revived)} on their way again; the worker delivers them.")
    return len(revived)


ACTIONS: dict[str, Callable[[Authority, argparse.Namespace], int]] = {"list": _list, "revive": _revive}
