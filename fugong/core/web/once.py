"""A form sent twice is acted on once: by a key in the form, kept with its answer in the same transaction."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import Conflict, Invalid
from fugong.core.web.models import Receipt

FIELD = "_once"
HEADER = "Idempotency-Key"
KEPT = timedelta(days=1)


def _key(request: HttpRequest) -> UUID | None:
    raw = request.headers.get(HEADER) or request.POST.get(FIELD)
    if not raw:
        return None
    try:
        return UUID(raw)
    except ValueError:
        raise Invalid(_("The form's key is damaged. Load the page again."), code="bad_key") from None


def claim(request: HttpRequest) -> HttpResponse | None:
    """Takes the key of this POST, or gives the earlier answer. A second sender waits for the first."""
    key = _key(request)
    if key is None:
        return None
    authority_id = request.actor.authority_id  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            Receipt.objects.create(
                authority_id=authority_id, key=key, user_id=_sender(request), path=request.path
            )
    except IntegrityError:
        return _answer_again(key, request)
    return None


def _sender(request: HttpRequest) -> UUID | None:
    """The user, or the person on a phone of its own: nobody is led where another one's form led."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor.user_id or actor.person_id


def _answer_again(key: UUID, request: HttpRequest) -> HttpResponse:
    """Where the first one led. What stood on a page that did not lead on is not shown twice."""
    earlier = Receipt.objects.filter(key=key, user_id=_sender(request), path=request.path).first()
    if earlier is None:
        raise Conflict(_("This form was sent before. Load the page again."), code="sent_before")
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(earlier.location or request.path)
    ahead = {"HX-Redirect": earlier.location} if earlier.location else {"HX-Refresh": "true"}
    return HttpResponse(status=204, headers=ahead)


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Notes where the answer leads; empty when it is a page of its own."""
    key = _key(request)
    if key is not None:
        location = response.headers.get("Location") or response.headers.get("HX-Redirect") or ""
        Receipt.objects.filter(key=key).update(location=location)


def forget() -> int:
    """Receipts older than a day, of the acting authority: nobody sends a form again after that."""
    old = Receipt.objects.filter(recorded_at__lt=Now() - KEPT)
    return old.delete()[0]
