"""Authorities and actors for the tests of core."""

from datetime import UTC, datetime
from uuid import UUID

from fugong.areas.models import Authority
from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.core.web.models import Receipt

NOW = datetime(2022, 4, 27, 10, 0, tzinfo=UTC)


def found(code: str = "datong") -> Authority:
    authority = Authority(
        id=new_id(), code=code, name_zh="大通区", name_en="Datong", playbook_id="datong", founded_at=NOW
    )
    with acting_for(authority.id):
        authority.save(force_insert=True)
    return authority


def actor_of(authority_id: UUID, *permissions: str, name: str = "Ann") -> Actor:
    return Actor(
        user_id=new_id(),
        authority_id=authority_id,
        name=name,
        permissions=frozenset(permissions),
        all_areas=True,
    )


def any_row(authority: Authority) -> Receipt:
    """A row of this authority, whichever: for tests of what happens to rows as such."""
    with acting_for(authority.id):
        return Receipt.objects.create(authority=authority, key=new_id(), path="/x/")
