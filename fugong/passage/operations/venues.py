"""Venues: their posters, and those who scan them.

A scan is a row of the passages as at any gate: added, never changed, and its own record. So the trail has no
second row for it. One that was not shown to be made on the spot is asked and marked, and never counts as
presence. When a guard confirms it, that is a scan of its own, by hand, at the same moment and without the
mark: what counts presence need not know that there are guards.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.core.tenancy import acting_for
from fugong.passage.choices import (
    GUARD,
    Answer,
    Direction,
    Directions,
    Flag,
    GateKind,
    Reason,
    SubjectKind,
    Way,
)
from fugong.passage.models import Gate, Scan, VenueCheck
from fugong.passage.operations.scans import ScanRow, keep_scans
from fugong.passage.permissions import check_may_at, check_may_keep_gate
from fugong.passage.queries.venues import (
    LATELY,
    find_venue,
    known_of,
    rules_at,
    screen_key_of,
    server_key,
)
from fugong.passage.rules.deciding import Verdict, decide, stricter
from fugong.passage.rules.venues import (
    Opening,
    Position,
    confirmation_of,
    fault_of,
    is_near,
    is_shown_now,
    poster_secret,
)
from fugong.people import queries as people
from fugong.people.queries import AtWork, Token, Worker
from fugong.playbooks import queries as playbooks
from fugong.playbooks.choices import OnTheSpot

NOT_ON_THE_SPOT: Final[Verdict] = (Answer.ASK, Reason.NOT_ON_THE_SPOT)
ALLOWED: Final = {
    Directions.BOTH: {Direction.IN, Direction.OUT},
    Directions.IN: {Direction.IN},
    Directions.OUT: {Direction.OUT},
}


class PosterGone(NotFound):
    """Another one hangs there by now, or the venue is closed."""

    def __init__(self) -> None:
        super().__init__(
            _("This code is no longer in use. Scan the one that hangs at the place."), code="poster_gone"
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """`counts`: as presence. Otherwise it is kept all the same, and `reason` says what was the matter."""

    gate: Gate
    at: datetime
    direction: Direction
    answer: Answer
    reason: Reason
    counts: bool


def renew_poster(gate_id: UUID, *, actor: Actor, now: datetime) -> Token:
    """The first poster, or another one: the old one opens nothing from then on. Locks the gate.

    Raises NotFound, NotPermitted, Conflict where it is closed or no venue.
    """
    with operation("passage.renew_poster", actor=actor, now=now) as op:
        rows = Gate.objects.filter(authority_id=actor.authority_id, id=gate_id)
        gate = rows.select_for_update().first()
        if gate is None:
            raise NotFound()
        check_may_keep_gate(actor, gate.kind, area_id=gate.area_id, enterprise_id=gate.enterprise_id)
        if gate.kind != GateKind.VENUE or gate.closed_at is not None:
            raise Conflict(_("Only a venue in use has a poster."), code="no_venue")
        gate.poster_number += 1
        secret = poster_secret(server_key(), gate.id, gate.poster_number)
        gate.poster = hashlib.sha256(secret).digest()
        gate.save(update_fields=["poster", "poster_number"])
        op.audit(gate, {"poster": gate.poster_number})
        return Token(gate.authority_id, secret)


def open_venue(gate: Gate, worker: Worker, *, turn: str = "", now: datetime) -> Opening:
    """For the page: nothing is written before it is used. `turn` is what the screen added to the address."""
    return Opening(
        authority_id=gate.authority_id,
        gate=gate.number,
        phone=worker.device_id,
        opened=int(now.timestamp()),
        showed_turn=is_shown_now(screen_key_of(gate), turn, now),
        salt=secrets.token_bytes(8),
    )


def scan_venue(
    poster: Token,
    opened: str,
    direction: Direction,
    *,
    worker: Worker,
    position: Position | None = None,
    now: datetime,
) -> Answered:
    """By the worker's own phone. Whatever is the matter with the opening, that somebody tried is kept.

    Raises PosterGone, Invalid for a direction that this venue has not, for what was never handed out and for
    a venue of another authority than the one that knows the phone.
    """
    if poster.authority_id != worker.authority_id:
        sentence = _("This place belongs to another authority than the one that knows this phone.")
        raise Invalid(sentence, code="another_authority")
    with acting_for(poster.authority_id), transaction.atomic():
        gate = find_venue(poster)
        if gate is None:
            raise PosterGone()
        if direction not in ALLOWED[Directions(gate.directions)]:
            raise Invalid(_("This place is not scanned in that direction."), code="bad_direction")
        opening = Opening.parse(opened, server_key())
        if opening is None or opening.authority_id != gate.authority_id:
            raise Invalid(_("This page is damaged. Scan the code at the place again."), code="bad_opening")
        fault = _fault(opening, gate, worker, now=now)
        if fault is not None:
            return _kept(gate, worker, direction, (Answer.STOP, fault), is_shown=False, now=now)
        verdict = _decided(gate, worker, now=now)
        is_shown = _is_on_the_spot(gate, opening, position, now=now)
        if not is_shown:
            verdict = stricter(verdict, NOT_ON_THE_SPOT)
        return _kept(gate, worker, direction, verdict, is_shown=is_shown, now=now)


def confirm_presence(gate_id: UUID, at: datetime, nonce: int, *, actor: Actor, now: datetime) -> bool:
    """By a guard who saw the person there. False where it was confirmed before.

    Raises NotFound, NotPermitted, Conflict for what needs no confirmation or is too long ago.
    """
    with operation("passage.confirm_presence", actor=actor, now=now) as op:
        gate = Gate.objects.filter(authority_id=actor.authority_id, id=gate_id, kind=GateKind.VENUE).first()
        if gate is None:
            raise NotFound()
        check_may_at(actor, GUARD, area_id=gate.area_id, enterprise_id=gate.enterprise_id)
        scan = _waiting(gate, at, nonce, now=now)
        work = _who(scan, actor=actor)
        known = known_of(work, authority_id=gate.authority_id, now=now)
        answer, reason = decide(rules_at(gate, now=now), known, now=now.timestamp())
        row = ScanRow(
            gate=gate.number,
            at=scan.at,
            nonce=confirmation_of(nonce),
            received_at=now,
            device=actor.user_id or scan.device,
            subject=scan.subject,
            subject_kind=SubjectKind.PERSON,
            way=Way.BY_HAND,
            direction=Direction(scan.direction),
            answer=answer,
            reason=reason,
        )
        is_new = keep_scans([row], authority_id=gate.authority_id) == 1
        op.audit(gate, {"person": str(scan.subject), "at": scan.at, "direction": scan.direction})
        return is_new


def _who(scan: Scan, *, actor: Actor) -> AtWork:
    found = people.at_work([scan.subject], actor=actor) if scan.subject else {}
    if not found:
        raise NotFound()
    return next(iter(found.values()))


def _waiting(gate: Gate, at: datetime, nonce: int, *, now: datetime) -> Scan:
    rows = Scan.objects.filter(authority_id=gate.authority_id, gate=gate.number, at=at, nonce=nonce)
    scan = rows.filter(way=Way.VENUE, subject__isnull=False).first()
    if scan is None:
        raise NotFound()
    if not scan.flags & Flag.NOT_SHOWN_TO_BE_THERE or scan.reason in _REFUSED:
        raise Conflict(_("There is nothing to confirm here."), code="nothing_to_confirm")
    if now - scan.at > LATELY:
        raise Conflict(_("That was too long ago to be confirmed."), code="too_late")
    return scan


_REFUSED: Final = frozenset({Reason.USED_ELSEWHERE, Reason.OLD, Reason.EARLY})
"""What an opening is refused for: no guard makes it good."""


def _fault(opening: Opening, gate: Gate, worker: Worker, *, now: datetime) -> Reason | None:
    """Whose it is and how old; then it is used up, and whoever comes second finds it so."""
    minutes = playbooks.venue_policy(on=local_date(now)).nonce_minutes
    fault = fault_of(opening, gate=gate.number, phone=worker.device_id, minutes=minutes, now=now)
    if fault is not None:
        return fault
    try:
        with transaction.atomic():
            VenueCheck.objects.create(
                authority_id=gate.authority_id,
                gate=gate.number,
                phone=opening.phone,
                nonce_hash=opening.hashed,
                opened_at=opening.opened_at,
                good_until=opening.opened_at + timedelta(minutes=minutes),
                used_at=now,
            )
    except IntegrityError:
        return Reason.USED_ELSEWHERE
    return None


def _decided(gate: Gate, worker: Worker, *, now: datetime) -> Verdict:
    work = people.at_work([worker.person_id], actor=worker.actor)[worker.person_id]
    known = known_of(work, authority_id=gate.authority_id, now=now)
    return decide(rules_at(gate, now=now), known, now=now.timestamp())


def _is_on_the_spot(gate: Gate, opening: Opening, position: Position | None, *, now: datetime) -> bool:
    """A guard's word comes later: until then it is not shown."""
    policy = playbooks.venue_policy(on=local_date(now))
    if policy.on_the_spot is OnTheSpot.NONE:
        return True
    if policy.on_the_spot is OnTheSpot.ROTATING:
        return opening.showed_turn
    if policy.on_the_spot is OnTheSpot.POSITION:
        return is_near(_where(gate), position, policy.position_metres or 0)
    return False


def _where(gate: Gate) -> tuple[float, float] | None:
    if gate.latitude is None or gate.longitude is None:
        return None
    return gate.latitude, gate.longitude


def _kept(
    gate: Gate, worker: Worker, direction: Direction, verdict: Verdict, *, is_shown: bool, now: datetime
) -> Answered:
    answer, reason = verdict
    row = ScanRow(
        gate=gate.number,
        at=now,
        nonce=int.from_bytes(secrets.token_bytes(8), "big", signed=True),
        received_at=now,
        device=worker.device_id,
        subject=worker.person_id,
        subject_kind=SubjectKind.PERSON,
        way=Way.VENUE,
        direction=direction,
        answer=answer,
        reason=reason,
        flags=Flag(0) if is_shown else Flag.NOT_SHOWN_TO_BE_THERE,
    )
    keep_scans([row], authority_id=gate.authority_id)
    return Answered(gate, now, direction, answer, reason, counts=is_shown and answer is Answer.ALLOW)
