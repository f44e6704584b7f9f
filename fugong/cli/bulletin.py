"""`fugong bulletin`: print the bulletin of a day, or verify published ones to the digit."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from fugong.areas import queries as areas
from fugong.areas.models import Authority
from fugong.command import queries
from fugong.command.choices import Finding
from fugong.command.models import Bulletin
from fugong.command.rules import as_of_for, is_to_come
from fugong.core import clock
from fugong.core.refusals import Refused
from fugong.core.tenancy import acting_for
from fugong.playbooks import queries as playbooks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=("print", "verify"), default="print")
    parser.add_argument("number", nargs="?", help="verify: the bulletin's number; all published ones without")
    parser.add_argument("--authority", help="its code; not needed where there is only one")
    parser.add_argument("--playbook", help="refuse to print by another playbook than this one")
    parser.add_argument("--as-of", type=date.fromisoformat, help="a day such as 2022-04-27; today without")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(arguments: argparse.Namespace) -> int:
    authority = _authority(arguments.authority)
    if authority is None:
        return _fail("there is no such authority here; `fugong demo` sets one up")
    try:
        with acting_for(authority.id):
            return _verify(arguments) if arguments.action == "verify" else _print(arguments, authority)
    except Refused as refusal:
        return _fail(str(refusal))


def _authority(code: str | None) -> Authority | None:
    if code:
        return areas.find_authority(code)
    found = areas.list_authorities()
    return found[0] if len(found) == 1 else None


def _print(arguments: argparse.Namespace, authority: Authority) -> int:
    now = clock.now()
    day = arguments.as_of or clock.local_date(now)
    if is_to_come(day, now=now):
        return _fail(f"{day} is yet to come")
    version = playbooks.get_in_force(day)
    if arguments.playbook and version.playbook.id != arguments.playbook:
        return _fail(f"on {day} the playbook {version.playbook.id} was in force, not {arguments.playbook}")
    composed = queries.compose(
        version.playbook, authority_id=authority.id, as_of=as_of_for(day, now=now), known_at=now
    )
    print(composed.title[arguments.lang])
    for paragraph in composed.paragraphs:
        print(f"\n{paragraph.heading[arguments.lang]}\n{paragraph.body[arguments.lang]}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    if arguments.number:
        rows = [queries.numbered(arguments.number)]
    else:
        rows = list(Bulletin.objects.filter(publication__isnull=False).order_by("number"))
    bad = [row.number for row in rows if not _verified(row)]
    if not rows:
        print("no bulletin has been published")
    return 1 if bad else 0


def _verified(row: Bulletin) -> bool:
    verdict = queries.verify(row)
    if verdict.is_good:
        print(f"{row.number}: the same to the digit, {len(verdict.figures)} figures")
        return True
    for each in verdict.figures:
        if each.finding is not Finding.SAME:
            print(f"{row.number}: {each.key} recomputes to something else")
    for name, finding in (("wording", verdict.wording), ("seal", verdict.seal)):
        if finding is not Finding.SAME:
            print(f"{row.number}: the {name} is not what was published")
    return False


def _fail(sentence: str) -> int:
    print(f"fugong bulletin: {sentence}", file=sys.stderr)
    return 1
