"""Planned returns are kept apart by authority and never removed."""

from django.db import migrations

from fugong.core.tenancy import enable_rls, never_removed


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_make_all_tables")]
    replaces = [("returns", "0001_keep_planned_returns")]

    operations = [enable_rls("returns_plannedreturn"), never_removed("returns_plannedreturn")]
