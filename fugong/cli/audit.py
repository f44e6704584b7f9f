"""`fugong audit`: verify the trail, print its head for safe keeping, seal what waits, list entries."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils import translation

from fugong.areas import queries as areas
from fugong.areas.models import Authority
from fugong.core import clock
from fugong.core.actor import system_actor
from fugong.core.audit.chain import Head
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.queries import Filter, Page, list_entries
from fugong.core.audit.sealing import seal_all
from fugong.core.audit.verdicts import Verdict
from fugong.core.audit.verifying import find_head, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify | head | seal | list")
    verifying = actions.add_parser(
        "verify", help="recompute the chain; exit code 1 names the first broken row"
    )
    verifying.add_argument(
        "--head", type=_head, help="POSITION:HASH as printed by `head` before: finds a tail cut off since"
    )
    actions.add_parser("head", help="print the end of the chain, to be kept outside this machine")
    actions.add_parser("seal", help="chain the entries that wait (the server does so every second)")
    listing = actions.add_parser("list", help="entries, newest first")
    listing.add_argument(
        "--what", default="", help="an action such as files.store, or all of a context: files."
    )
    listing.add_argument("--who", type=UUID, help="the id of a user")
    listing.add_argument("--subject", default="", metavar="KIND:ID")
    listing.add_argument("--since", type=_moment, metavar="TIME")
    listing.add_argument("--until", type=_moment, metavar="TIME")
    listing.add_argument("--limit", type=int, default=50)
    for action in actions.choices.values():
        action.add_argument("--authority", metavar="CODE", default="", help="one authority (default: all)")


def run(arguments: argparse.Namespace) -> int:
    authorities = [each for each in areas.list_authorities() if arguments.authority in ("", each.code)]
    if not authorities:
        named = f" with the code {arguments.authority}" if arguments.authority else ""
        print(f"fugong audit: there is no authority{named}.", file=sys.stderr)
        return 2
    if getattr(arguments, "head", None) and len(authorities) > 1:
        print("fugong audit: a head is of one authority; name it with --authority.", file=sys.stderr)
        return 2
    with translation.override("en"):
        return max(ACTIONS[arguments.action](each, arguments) for each in authorities)


def _verify(authority: Authority, arguments: argparse.Namespace) -> int:
    verdict = verify(authority.id, expected_head=arguments.head)
    print(f"{authority.code}: {_told(verdict)}")
    return 0 if verdict.is_intact else 1


def _told(verdict: Verdict) -> str:
    if verdict.fault is not None:
        place = f"position {verdict.fault.position}" if verdict.fault.position else "outside the chain"
        row = f", entry {verdict.fault.entry_id}" if verdict.fault.entry_id else ""
        return f"BROKEN at {place}{row}: {verdict.fault.sentence}. {verdict.checked} before it are intact."
    parts = [f"intact, {verdict.checked} entries"]
    if verdict.head:
        parts.append(f"head {verdict.head}")
    if verdict.waiting:
        parts.append(f"{verdict.waiting} waiting to be sealed")
    if verdict.unproven:
        parts.append(f"{verdict.unproven} seals not proven: their master key is not on this machine")
    return "; ".join(parts)


def _print_head(authority: Authority, arguments: argparse.Namespace) -> int:
    print(f"{authority.code} {find_head(authority.id) or 'nothing sealed yet'}")
    return 0


def _seal(authority: Authority, arguments: argparse.Namespace) -> int:
    print(f"{authority.code}: {seal_all(authority.id, now=clock.now())} entries sealed")
    return 0


def _list(authority: Authority, arguments: argparse.Namespace) -> int:
    kind, _, subject_id = arguments.subject.partition(":")
    wanted = Filter(
        actor_id=arguments.who,
        action=arguments.what,
        subject_kind=kind,
        subject_id=subject_id,
        since=arguments.since,
        until=arguments.until,
    )
    reader = system_actor(authority.id, "command line")
    page = list_entries(actor=reader, wanted=wanted, limit=arguments.limit)
    for entry in page.entries:
        print(_line(authority, entry, page))
    if page.next:
        print(f"{authority.code}: more before {_local(page.next.at)}; go on with --until", file=sys.stderr)
    return 0


def _line(authority: Authority, entry: AuditEntry, page: Page) -> str:
    place = page.positions.get(entry.id, "-")
    subject = f"{entry.subject_kind}:{entry.subject_id}" if entry.subject_kind else "-"
    return "\t".join(
        [authority.code, str(place), _local(entry.at), entry.actor_name, entry.action, subject, entry.note]
    ).rstrip()


def _local(moment: datetime) -> str:
    return moment.astimezone(clock.LOCAL).isoformat(timespec="seconds")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.LOCAL)


def _head(text: str) -> Head:
    try:
        return Head.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


ACTIONS: dict[str, Callable[[Authority, argparse.Namespace], int]] = {
    "verify": _verify,
    "head": _print_head,
    "seal": _seal,
    "list": _list,
}
