"""A table of people that exists in these tests only, made by the tables' owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.apps import apps
from django.db import connections, models

from fugong.core.sealed import SealedField, SearchHashField
from fugong.core.tenancy import TenantModel

TABLE = "ledger_person"


class Person(TenantModel):
    name = models.CharField(max_length=40, blank=True)
    phone = SealedField(data_class="ledger", blank=True, max_length=30)
    phone_hash = SearchHashField(source="phone", normalise="phone")
    identity = SealedField(data_class="ledger", null=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        app_label = "ledger"
        db_table = TABLE


@contextmanager
def installed() -> Iterator[None]:
    """Within: the table is there and Django lists the model, as it does those of a real context."""
    with connections["owner"].cursor() as owner:
        owner.execute(
            f"create table {TABLE} (id uuid primary key, authority_id uuid not null, name text not null,"
            " phone bytea not null, phone_hash bytea, identity bytea)"
        )
        rule = "authority_id = nullif(current_setting('fugong.authority', true), '')::uuid"
        owner.execute(f"alter table {TABLE} enable row level security")
        owner.execute(f"create policy tenant on {TABLE} using ({rule})")
    listed: dict[str, Any] = apps.all_models["core"]
    listed["person"] = Person
    apps.clear_cache()
    try:
        yield
    finally:
        del listed["person"]
        apps.clear_cache()
        with connections["owner"].cursor() as owner:
            owner.execute(f"drop table {TABLE}")
        connections["owner"].close()
