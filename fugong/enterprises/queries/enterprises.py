"""Reading enterprises."""

from __future__ import annotations

from uuid import UUID

from fugong.accounts.choices import ENTERPRISE, Subject
from fugong.core.actor import Actor
from fugong.core.names import name_key
from fugong.core.refusals import NotFound
from fugong.enterprises.choices import Industry, Kind, Provenance, SizeClass, Tag
from fugong.enterprises.models import Enterprise, Premises, RegisterEvent
from fugong.enterprises.models.enterprises import EnterpriseQuerySet
from fugong.enterprises.rules import credit_code
from fugong.enterprises.rules.data import EnterpriseData


def list_enterprises(actor: Actor) -> EnterpriseQuerySet:
    """Those the actor may see, each with its area and standing, by pinyin; those that left too."""
    return (
        Enterprise.objects.visible_to(actor).select_related("area", "standing").order_by("name_pinyin", "id")
    )


def get_enterprise(actor: Actor, enterprise_id: UUID) -> Enterprise:
    """With its area and standing. Raises NotFound, also when the actor may not see it."""
    enterprise = find_enterprise(actor, enterprise_id)
    if enterprise is None:
        raise NotFound()
    return enterprise


def find_enterprise(actor: Actor, enterprise_id: UUID) -> Enterprise | None:
    """As `get_enterprise`; None for one the actor may not see."""
    return list_enterprises(actor).filter(id=enterprise_id).first()


def find_by_code(actor: Actor, code: str) -> Enterprise | None:
    """By credit code however spelt, in the whole authority: a code is taken even where one cannot look."""
    rows = Enterprise.objects.filter(
        authority_id=actor.authority_id, credit_code=credit_code.normalised(code)
    )
    return rows.select_related("area").first()


def find_subject(code: str, actor: Actor) -> Subject | None:
    """The enterprise with this credit code as somebody can speak for it: for whoever grants roles."""
    found = find_by_code(actor, code)
    return Subject(ENTERPRISE, found.id, found.name) if found else None


def find_same_name(actor: Actor, name: str) -> Enterprise | None:
    """One the actor may see whose name differs in spelling only."""
    return Enterprise.objects.visible_to(actor).filter(name_key=name_key(name)).first()


def list_premises(actor: Actor, enterprise_id: UUID) -> list[Premises]:
    """Its further premises, in use or not."""
    rows = Premises.objects.filter(authority_id=actor.authority_id, enterprise_id=enterprise_id)
    return list(rows.select_related("area"))


def list_history(actor: Actor, enterprise_id: UUID) -> list[RegisterEvent]:
    """What the register ever said of it, the latest entry first."""
    rows = RegisterEvent.objects.filter(authority_id=actor.authority_id, enterprise_id=enterprise_id)
    return list(rows.select_related("area").order_by("-recorded_at", "-at", "-id"))


def data_of(enterprise: Enterprise) -> EnterpriseData:
    """What is said of it now, as `operations.update` takes it."""
    return EnterpriseData(
        name=enterprise.name,
        credit_code=enterprise.credit_code,
        kind=Kind(enterprise.kind),
        size_class=SizeClass(enterprise.size_class),
        industry=Industry(enterprise.industry),
        area_id=enterprise.area_id,
        address=enterprise.address,
        contact_name=enterprise.contact_name,
        contact_phone=enterprise.contact_phone,
        normal_staff=enterprise.normal_staff,
        normal_capacity=enterprise.normal_capacity,
        tags=tuple(Tag(tag) for tag in sorted(enterprise.tags)),
        entered_on=enterprise.entered_on,
        provenance=Provenance(enterprise.provenance),
    )


def facts_of(enterprise: Enterprise) -> dict[str, object]:
    """What playbook conditions may ask of it; the names and types are `facts.ENTERPRISE_FACTS`."""
    return {
        "kind": enterprise.kind,
        "size_class": enterprise.size_class,
        "industry": enterprise.industry,
        "head_count": enterprise.normal_staff,
        "tags": sorted(enterprise.tags),
        "park": enterprise.area.code,
    }
