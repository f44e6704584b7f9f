"""`fugong destroy`: what is due, its destruction by the owner of the tables, and the certificate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from django.utils import translation

from fugong.areas import queries as areas
from fugong.areas.models import Authority
from fugong.cli import database
from fugong.cli.progress import telling
from fugong.core import clock
from fugong.core.actor import Actor, system_actor
from fugong.core.ending import certifying, retiring, running, verifying
from fugong.core.ending.choices import Mode
from fugong.core.ending.models import DestructionCertificate, DestructionPlan
from fugong.core.ending.planning import Contents, contents_of, draw_up, plan_destruction
from fugong.core.refusals import Refused
from fugong.core.sealed import key_ring
from fugong.core.tenancy import acting_for

DONE, DIFFERENT, NOT_DONE = 0, 1, 2


class CannotBeDone(Exception):
    """One sentence of why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="plan | run | certificate | verify")
    planning = actions.add_parser("plan", help="count what is due and keep it as a plan with a number")
    planning.add_argument(
        "--emergency", action="store_true", help="the emergency is over: all that ends with it"
    )
    planning.add_argument("--dry-run", action="store_true", help="only tell, keep nothing")
    run_ = actions.add_parser("run", help="destroy what was approved; run again when it was stopped")
    run_.add_argument("--master", action="store_true", help="a new master key, and the old ones retired")
    for action in (
        run_,
        actions.add_parser("certificate", help="print the certificate of a plan"),
        actions.add_parser("verify", help="ask rows, keys, trail and signature whether it holds"),
    ):
        action.add_argument("number", type=int, help="the plan's number")
    for action in actions.choices.values():
        action.add_argument("--authority", metavar="CODE", help="not needed where there is only one")
    parser.epilog = "Ends with 0; with 1 when a certificate does not hold; with 2 when it could not be done."


def run(arguments: argparse.Namespace) -> int:
    with translation.override("en"):
        try:
            authority = _authority(arguments.authority)
            with acting_for(authority.id):
                return ACTIONS[arguments.action](authority, arguments)
        except (CannotBeDone, Refused, running.NotTheOwner, running.RunsElsewhere) as why:
            print(f"fugong destroy: {why}", file=sys.stderr)
            return NOT_DONE


def _authority(code: str | None) -> Authority:
    found = [each for each in areas.list_authorities() if code in (None, each.code)]
    if len(found) != 1:
        raise CannotBeDone("name one authority with --authority CODE.")
    return found[0]


def _plan(authority: Authority, arguments: argparse.Namespace) -> int:
    mode = Mode.EMERGENCY if arguments.emergency else Mode.DUE
    if arguments.dry_run:
        _tell(draw_up(mode, authority.id, today=clock.local_date(clock.now())))
        return DONE
    plan = plan_destruction(mode, actor=_actor(authority), now=clock.now())
    _tell(contents_of(plan))
    print(f"Plan {plan.number}, hash {plan.digest}.")
    print("Now the security administrator and the audit administrator approve it on the page End of data.")
    return DONE


def _tell(contents: Contents) -> None:
    for part in contents.parts:
        until = f"before {part.before}" if part.before else "all"
        what = "to be emptied" if part.fate == "blank" else "to go"
        print(f"{part.model} ({part.retention}, {until}): {part.rows} rows {what}, ids {part.ids[:16]}…")
    for part in contents.along:
        print(f"{part.model}: {part.rows} rows go along")
    for key in contents.keys:
        print(f"key {key.fingerprint} of {key.data_class} ({key.purpose}): to be shredded")
    if not contents.keys and contents.parts:
        print("No key ends with this: what the trail keeps sealed stays readable until one does.")
    if contents.is_empty:
        print("Nothing is due.")


def _run(authority: Authority, arguments: argparse.Namespace) -> int:
    plan, actor, now = _found(authority, arguments.number), _actor(authority), clock.now()
    start = running.begin(plan, actor=actor, now=now)
    with telling() as progress:
        gone = running.destroy_rows(plan, now=now, tell=progress)
    if (done := verifying.find_certificate(authority.id, plan.number)) is not None:
        print(
            f"{gone} rows now. It was done already: certificate {plan.number} of {done.issued_at:%Y-%m-%d}."
        )
        return DONE
    masters = _masters(contents_of(plan))
    shredded = certifying.shred_keys(plan, start, actor=actor, now=now)
    if arguments.master:
        retiring.retire_masters([each.id for each in areas.list_authorities()], now=now)
    copies = certifying.Copies(_backups(), masters, masters_retired=not set(masters) & set(key_ring().keys))
    certificate = certifying.certify(plan, start, shredded, copies=copies, actor=actor, now=clock.now())
    _tell_end(gone, shredded.kept, certificate)
    return DONE


def _tell_end(gone: int, kept: dict[str, str], certificate: DestructionCertificate) -> None:
    print(f"{gone} rows destroyed now; certificate {certificate.plan.number}, hash {certificate.digest}.")
    for data_class, why in kept.items():
        print(f"The keys of {data_class} stay: {why}")
    copies = certificate.statement["copies"]
    for name in copies["backups"]:
        print(f"An older copy holds these rows: {name}. Destroy it.")
    print("Destroy every other backup made before now, wherever it is kept: no program reaches it.")
    if not copies["masters_retired"]:
        print("Until then whoever has one, and the master key, can read it: see --master.")


def _print_certificate(authority: Authority, arguments: argparse.Namespace) -> int:
    certificate = _certified(authority, arguments.number)
    told = certificate.statement
    print(f"Certificate of destruction {told['number']}: {Mode(told['mode']).label}, as of {told['as_of']}")
    for row in told["rows"]:
        print(f"  {row['model']}: {row['rows']} rows, {'emptied' if row['fate'] == 'blank' else 'destroyed'}")
    for key in told["keys"]:
        print(f"  key {key['fingerprint']} of {key['data_class']} ({key['purpose']}): shredded")
    for each in told["approvals"]:
        print(f"  approved by {each['name']} ({each['side']}), witnesses: {', '.join(each['witnesses'])}")
    print(f"  from {told['began_at']} to {told['ended_at']}")
    print(f"  hash over the rows {told['rows_hash']}")
    print(f"  hash of the certificate {certificate.digest}, key {certificate.key_id}")
    print(f"  signature {bytes(certificate.signature).hex()}")
    return DONE


def _verify(authority: Authority, arguments: argparse.Namespace) -> int:
    verdict = verifying.verify(_certified(authority, arguments.number))
    for check in verdict.checks:
        detail = f": {check.detail}" if check.detail else ""
        print(f"{'ok  ' if check.is_good else 'FAIL'} {check.label}{detail}")
    for master in verdict.masters:
        print(f"The master key {master} is still here: with it copies made before can be read.")
    return DONE if verdict.is_good else DIFFERENT


def _found(authority: Authority, number: int) -> DestructionPlan:
    plan = DestructionPlan.objects.filter(authority_id=authority.id, number=number).first()
    if plan is None:
        raise CannotBeDone(f"there is no plan {number} here.")
    return plan


def _certified(authority: Authority, number: int) -> DestructionCertificate:
    certificate = verifying.find_certificate(authority.id, number)
    if certificate is None:
        raise CannotBeDone(f"there is no certificate {number} here.")
    return certificate


def _masters(contents: Contents) -> tuple[str, ...]:
    return tuple(sorted({key.master for key in contents.keys} | set(key_ring().keys)))


def _backups() -> tuple[str, ...]:
    """Those in the place where this program itself puts them. Of others it knows nothing."""
    folder = database.home() / "backups"
    return tuple(sorted(path.name for path in folder.glob("*.tar"))) if folder.is_dir() else ()


def _actor(authority: Authority) -> Actor:
    return system_actor(authority.id, "command line")


ACTIONS: dict[str, Callable[[Authority, argparse.Namespace], int]] = {
    "plan": _plan,
    "run": _run,
    "certificate": _print_certificate,
    "verify": _verify,
}
