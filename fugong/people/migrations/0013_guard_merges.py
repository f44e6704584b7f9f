"""Merges of files and what was found to be two people, kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls


class Migration(migrations.Migration):
    dependencies = [("people", "0012_merge_files")]

    operations = [
        enable_rls("people_filemerge"),
        enable_rls("people_twopeople"),
        append_only("people_twopeople"),
        migrations.RunSQL(
            "revoke delete, truncate on people_filemerge from fugong_app",
            "grant delete on people_filemerge to fugong_app",
        ),
    ]
