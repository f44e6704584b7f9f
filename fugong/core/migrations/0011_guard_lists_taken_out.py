"""Lists taken out are kept apart by authority; of their rows only the content may be emptied."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls


class Migration(migrations.Migration):
    dependencies = [("core", "0010_keep_lists_taken_out")]

    operations = [
        enable_rls("core_listexport"),
        enable_rls("core_listdownload"),
        append_only("core_listexport"),
        append_only("core_listdownload"),
        migrations.RunSQL(
            "grant update (content) on core_listexport to fugong_app",
            "revoke update (content) on core_listexport from fugong_app",
        ),
    ]
