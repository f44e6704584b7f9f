"""Every table of an authority is in exactly one retention class, and what ends can end."""

from __future__ import annotations

from django.apps import apps
from django.db.models import ForeignKey

from fugong.core.retention import kept_models, retention_class, retention_classes
from fugong.core.sealed import SealedField


def tenant_models():
    """All that PostgreSQL keeps apart by authority."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if any(field.name == "authority" for field in model._meta.local_concrete_fields)
    }


def ends(label):
    """Whether rows of the table are destroyed; of one that is emptied or kept, none goes."""
    kept = kept_models()[label]
    retention = retention_class(kept.retention)
    return not kept.blank and (retention.days is not None or retention.after_emergency is not None)


def test_every_table_of_an_authority_is_in_a_retention_class():
    """One line in the `ready()` of its context: `register_kept({"context.Model": Kept("class", …)})`."""
    assert set(tenant_models()) - set(kept_models()) == set()


def test_no_retention_class_names_a_table_that_is_not_there():
    assert set(kept_models()) - set(tenant_models()) == set()


def test_every_class_has_tables_and_says_what_for():
    used = {kept.retention for kept in kept_models().values()}
    assert {each.key for each in retention_classes()} == used
    assert [
        each.key for each in retention_classes() if not (each.label and each.purpose and each.basis)
    ] == []


def test_every_class_of_personal_data_has_an_end():
    endless = [
        each.key
        for each in retention_classes()
        if each.is_personal and (each.days is None or not each.counted_from)
    ]
    assert endless == []


def test_what_is_named_in_the_register_is_a_column_of_the_table():
    missing = []
    for label, kept in kept_models().items():
        fields = {field.name for field in tenant_models()[label]._meta.local_concrete_fields}
        named = {kept.since, *kept.goes_with, *kept.lets_go, *kept.blank} - {""}
        missing += [f"{label}.{name}" for name in named - fields]
        missing += [f"{each.model}" for each in kept.by if each.model not in kept_models()]
    assert missing == []


def test_no_row_that_stays_points_to_one_that_goes():
    """Else the destruction would be refused by the database, half way."""
    hanging = []
    for label, model in tenant_models().items():
        kept = kept_models()[label]
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, ForeignKey) or field.name == "authority" or not field.db_constraint:
                continue
            target = field.related_model._meta.label
            if (
                target in kept_models()
                and ends(target)
                and field.name not in (*kept.goes_with, *kept.lets_go)
            ):
                hanging.append(f"{label}.{field.name}")
    assert hanging == []


def test_files_of_rows_that_end_end_with_them():
    """Else the bytes would outlive the row that said whose they are."""
    outlive = []
    for label, model in tenant_models().items():
        if not ends(label):
            continue
        columns = {
            field.name
            for field in model._meta.local_concrete_fields
            if isinstance(field, ForeignKey) and field.related_model._meta.label == "core.StoredFile"
        }
        outlive += [f"{label}.{name}" for name in columns - set(kept_models()[label].takes)]
    assert outlive == []


def test_every_sealed_value_of_a_personal_class_lies_under_a_key_that_ends_with_it():
    loose = []
    for label, model in tenant_models().items():
        retention = retention_class(kept_models()[label].retention)
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedField) and field.data_class not in retention.seals:
                loose.append(f"{label}.{field.name}")
    assert loose == []
