"""Health reports and incidents are kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls, never_removed

APPEND_ONLY = ("health_healthreport", "health_incidentevent", "health_kioskcall", "health_qualitysign")
# Incidents are closed and thermometers revoked: that there was one stays.
NEVER_REMOVED = ("health_incident", "health_kiosk")


class Migration(migrations.Migration):
    dependencies = [("health", "0001_make_all_tables")]
    replaces = [("health", "0001_make_tables")]

    operations = [
        *map(enable_rls, APPEND_ONLY + NEVER_REMOVED),
        *map(append_only, APPEND_ONLY),
        *map(never_removed, NEVER_REMOVED),
    ]
