"""`fugong bulletin`: print the bulletin of a day, or verify published ones to the digit."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from django.utils import translation

from fugong.areas import queries as areas
from fugong.areas.models import Authority
from fugong.command import queries
from fugong.command.choices import Finding
from fugong.command.models import Bulletin
from fugong.command.queries.verifying import Verdict
from fugong.command.rules import as_of_for, is_to_come
from fugong.core import clock
from fugong.core.refusals import NotFound, Refused
from fugong.core.tenancy import acting_for
from fugong.playbooks import queries as playbooks

SAME, DIFFERENT, NOT_DONE = 0, 1, 2


class CannotBeDone(Exception):
    """One sentence of why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=("print", "verify"), default="print")
    parser.add_argument("number", nargs="?", help="verify: the bulletin's number; all published ones without")
    parser.add_argument("--authority", help="its code; not needed where there is only one")
    parser.add_argument("--playbook", help="refuse to print by another playbook than this one")
    parser.add_argument("--as-of", type=date.fromisoformat, help="a day such as 2022-04-27; today without")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.epilog = (
        "Ends with 0; with 1 when a bulletin is not what was published; with 2 when it cannot tell."
    )


def run(arguments: argparse.Namespace) -> int:
    with translation.override("en"):
        try:
            authority = _authority(arguments.authority)
            with acting_for(authority.id):
                return _verify(arguments) if arguments.action == "verify" else _print(arguments, authority)
        except (CannotBeDone, Refused) as why:
            print(f"fugong bulletin: {why}", file=sys.stderr)
            return NOT_DONE


def _authority(code: str | None) -> Authority:
    found = areas.list_authorities()
    if not found:
        raise CannotBeDone("there is no authority here yet; `fugong demo` sets one up.")
    named = [each for each in found if code in (None, each.code)]
    if len(named) == 1:
        return named[0]
    codes = ", ".join(each.code for each in found)
    if code:
        raise CannotBeDone(f"there is no authority {code} here, only {codes}.")
    raise CannotBeDone(f"name one of {codes} with --authority.")


def _print(arguments: argparse.Namespace, authority: Authority) -> int:
    now = clock.now()
    day = arguments.as_of or clock.local_date(now)
    if is_to_come(day, now=now):
        raise CannotBeDone(f"{day} is yet to come.")
    version = playbooks.get_in_force(day)
    if arguments.playbook and version.playbook.id != arguments.playbook:
        raise CannotBeDone(f"on {day} the playbook {version.playbook.id} was in force.")
    composed = queries.compose(
        version.playbook, authority_id=authority.id, as_of=as_of_for(day, now=now), known_at=now
    )
    print(composed.title[arguments.lang])
    for paragraph in composed.paragraphs:
        print(f"\n{paragraph.heading[arguments.lang]}\n{paragraph.body[arguments.lang]}")
    return SAME


def _verify(arguments: argparse.Namespace) -> int:
    rows = [_numbered(arguments.number)] if arguments.number else queries.list_published()
    if not rows:
        print("no bulletin has been published")
    verified = [_verified(row) for row in rows]
    return SAME if all(verified) else DIFFERENT


def _numbered(number: str) -> Bulletin:
    try:
        return queries.get_numbered(number)
    except NotFound:
        raise CannotBeDone(f"there is no bulletin {number} here.") from None


def _from_what(verdict: Verdict) -> str:
    """Rows, or totals that were sealed before their rows went."""
    sealed = sum(each.certificate is not None for each in verdict.figures)
    if not sealed:
        return ", from the rows"
    numbers = ", ".join(map(str, verdict.certificates))
    return f"; {sealed} of them from sealed totals, their rows were destroyed under certificate {numbers}"


def _verified(row: Bulletin) -> bool:
    verdict = queries.verify(row)
    if verdict.is_good:
        print(f"{row.number}: the same to the digit, {len(verdict.figures)} figures{_from_what(verdict)}")
        return True
    for each in verdict.figures:
        if each.finding is not Finding.SAME:
            print(f"{row.number}: {each.key} recomputes to something else")
    if verdict.wording is not Finding.SAME:
        print(f"{row.number}: the wording recomputes to something else")
    if verdict.seal is not Finding.SAME:
        print(f"{row.number}: what is kept is not what was sealed when it was composed")
    return False
