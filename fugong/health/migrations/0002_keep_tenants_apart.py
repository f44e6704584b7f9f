from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls

TABLES = ("healthreport", "incident", "incidentevent", "kiosk", "kioskcall", "qualitysign")
FOR_EVER = ("healthreport", "incidentevent", "kioskcall", "qualitysign")


class Migration(migrations.Migration):
    dependencies = [("health", "0001_make_tables")]

    operations = [
        *(enable_rls(f"health_{name}") for name in TABLES),
        *(append_only(f"health_{name}") for name in FOR_EVER),
        # Incidents are closed and thermometers revoked: that there was one stays.
        migrations.RunSQL(
            sql="revoke delete, truncate on health_incident, health_kiosk from fugong_app",
            reverse_sql="grant delete on health_incident, health_kiosk to fugong_app",
        ),
    ]
