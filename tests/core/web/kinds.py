"""A table over Django's own content types: rows that every migrated database has."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType

from fugong.core.web.tables import Column, Filter, Table

APPS = ["auth", "contenttypes", "sessions", "account", "mfa"]

KINDS = Table[ContentType](
    key="kinds",
    label="Kinds",
    columns=(
        Column(key="model", label="Name", render=lambda row: row.model, sort=("model",), heading=True),
        Column(key="app", label="Context", render=lambda row: row.app_label, sort=("app_label",)),
        Column(key="number", label="Number", render=lambda row: row.pk, sort=("pk",), number=True),
        Column(
            key="drawn", label="Drawn", render="core/style_status.html", export=lambda row: f"={row.model}"
        ),
        Column(key="unseen", label="Not in files", render="core/style_status.html"),
    ),
    default_sort="model",
    filters=(
        Filter(
            key="app",
            label="Context",
            choices=[(name, name) for name in APPS],
            apply=lambda found, values: found.filter(app_label__in=values),
        ),
    ),
    search=lambda found, words: found.filter(model__contains=words),
    page_size=5,
)
