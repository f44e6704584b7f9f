"""The register is kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls, never_removed

APPEND_ONLY = ("enterprises_registerevent", "enterprises_standingevent")
# An enterprise that was ever on the register stays in its history: it leaves, it is never removed.
NEVER_REMOVED = (
    "enterprises_enterprise",
    "enterprises_premises",
    "enterprises_standing",
    "enterprises_standingcount",
)
OTHERS = ("enterprises_namegram", "enterprises_importbatch", "enterprises_importrow")


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_make_all_tables")]
    replaces = [("enterprises", "0001_make_tables")]

    operations = [
        *map(enable_rls, APPEND_ONLY + NEVER_REMOVED + OTHERS),
        *map(append_only, APPEND_ONLY),
        *map(never_removed, NEVER_REMOVED),
    ]
