"""Reading visits."""

from __future__ import annotations

from fugong.playbooks.choices import RouteMode
from fugong.resumption.choices import ApplicationState, Move
from fugong.resumption.models import Application, Verification
from fugong.resumption.queries.terms import Terms, visit_checks
from fugong.resumption.rules.transitions import may_move


def newest_visit(application: Application) -> Verification | None:
    """The one that counts. A passed visit of an earlier round still stands: nobody is visited twice for a
    paper.
    """
    return Verification.objects.filter(application=application).order_by("-visited_at", "-id").first()


def list_visits(application: Application) -> list[Verification]:
    """All visits with their items and photos, the newest first."""
    rows = Verification.objects.filter(application=application).prefetch_related("items__photo")
    return list(rows.order_by("-visited_at", "-id"))


def needs_visit(application: Application, terms: Terms) -> bool:
    if not visit_checks(terms):
        return False
    visit = newest_visit(application)
    return visit is None or not visit.passed


def awaits_visit(application: Application, terms: Terms) -> bool:
    """Under review; or accepted on a commitment, until the visit that follows is passed."""
    if may_move(application.state, Move.APPROVE):
        return bool(visit_checks(terms))
    accepted = application.state == ApplicationState.APPROVED and terms.mode is RouteMode.COMMITMENT
    return accepted and needs_visit(application, terms)
