"""Difficulties are kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls, never_removed


class Migration(migrations.Migration):
    dependencies = [("support", "0001_make_all_tables")]
    replaces = [("support", "0001_record_difficulties")]

    operations = [
        enable_rls("support_difficulty"),
        enable_rls("support_difficultyevent"),
        append_only("support_difficultyevent"),
        # Only the enterprise closes a difficulty, and nobody removes one.
        never_removed("support_difficulty"),
    ]
