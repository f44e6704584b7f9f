"""What is said beside the form while somebody types."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.web.parts import Hint, Tone
from fugong.enterprises import permissions, queries
from fugong.enterprises.models import Enterprise
from fugong.enterprises.rules import credit_code
from fugong.enterprises.web.shown import address_of


def code_hint(actor: Actor, text: str, *, own: UUID | None) -> Hint | None:
    """Nothing while the code is still being typed: a short one is not yet a wrong one."""
    if len(credit_code.normalised(text)) < credit_code.LENGTH:
        return None
    try:
        code = credit_code.checked(text)
    except credit_code.BadCreditCode as bad:
        return Hint(bad.sentence, Tone.BAD, "circle-x")
    existing = queries.find_by_code(actor, code)
    if existing is None or existing.id == own:
        return Hint(_("The credit code is well formed and not on the register."), Tone.GOOD, "circle-check")
    sentence = _("%(name)s is on the register with this credit code already.") % {"name": existing.name}
    return Hint(sentence, Tone.BAD, "circle-x", _address(actor, existing))


def name_hint(actor: Actor, text: str, *, own: UUID | None) -> Hint | None:
    """Two enterprises may have one name; more often one is entered twice."""
    existing = queries.find_same_name(actor, text) if text.strip() else None
    if existing is None or existing.id == own:
        return None
    sentence = _("An enterprise of this name is on the register already: %(name)s.") % {"name": existing.name}
    return Hint(sentence, Tone.WARNING, "alert-triangle", _address(actor, existing))


def _address(actor: Actor, enterprise: Enterprise) -> str:
    seen = permissions.is_in_charge_of(actor, enterprise.area_id, permissions.SEE)
    return address_of(enterprise) if seen else ""
