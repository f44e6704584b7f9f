"""Campaigns are kept apart by authority and never removed; what was said in a call stays as it was."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls, never_removed

KEPT = ("census_campaign", "census_case")


class Migration(migrations.Migration):
    dependencies = [("census", "0001_make_all_tables")]
    replaces = [("census", "0001_keep_campaigns")]

    operations = [
        *map(enable_rls, (*KEPT, "census_call")),
        *map(never_removed, KEPT),
        append_only("census_call"),
    ]
