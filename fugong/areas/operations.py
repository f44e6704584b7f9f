"""Founding an authority and drawing its areas."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fugong.areas import permissions, rules
from fugong.areas.choices import AreaKind
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor, system_actor
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid


def found_authority(code: str, *, name_zh: str, name_en: str, playbook_id: str, now: datetime) -> Authority:
    """A new tenant, founded by the system when a deployment starts. Refuses a code that is taken.

    Its roles are made by `accounts.operations.seed_roles`.
    """
    authority = Authority(
        id=new_id(), code=code, name_zh=name_zh, name_en=name_en, playbook_id=playbook_id, founded_at=now
    )
    founder = system_actor(authority.id, "set-up")
    with operation("areas.found_authority", actor=founder, now=now) as op:
        try:
            with transaction.atomic():
                authority.save(force_insert=True)
        except IntegrityError:
            raise Conflict(
                _("An authority with this code exists already."), code="authority_exists"
            ) from None
        op.audit(
            authority, {"code": code, "name_zh": name_zh, "name_en": name_en, "playbook_id": playbook_id}
        )
    return authority


def add_area(
    code: str,
    *,
    kind: AreaKind,
    names: tuple[str, str],
    parent: Area | None = None,
    actor: Actor,
    now: datetime,
) -> Area:
    """`names` in Chinese and English. Refuses a code that is taken and a kind that cannot lie inside the
    parent's."""
    with operation("areas.add_area", actor=actor, now=now) as op:
        permissions.check_may_draw(actor)
        above = AreaKind(parent.kind) if parent else None
        if not rules.may_lie_inside(kind, above):
            raise Invalid(
                _("A %(kind)s cannot lie inside a %(parent)s.")
                % {"kind": kind.label, "parent": above.label if above else ""},
                code="wrong_parent",
                fields={"parent": _("Choose a larger area.")},
            )
        area = Area(
            authority_id=actor.authority_id,
            parent=parent,
            kind=kind,
            code=code,
            name_zh=names[0],
            name_en=names[1],
            recorded_at=now,
        )
        try:
            with transaction.atomic():
                area.save(force_insert=True)
        except IntegrityError:
            raise Conflict(_("An area with this code exists already."), code="area_exists") from None
        op.audit(
            area,
            {
                "code": code,
                "kind": kind.value,
                "name_zh": names[0],
                "parent": parent.code if parent else None,
            },
        )
    return area
