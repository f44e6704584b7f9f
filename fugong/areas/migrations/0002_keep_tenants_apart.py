from django.db import migrations

from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_make_tables")]

    operations = [
        enable_rls("areas_authority", column="id"),
        # Names of authorities are public, and clocks must walk over all of them; writing stays with the tenant.
        migrations.RunSQL(
            sql="create policy names_are_public on areas_authority for select using (true)",
            reverse_sql="drop policy names_are_public on areas_authority",
        ),
        enable_rls("areas_area"),
        migrations.RunSQL(
            sql="revoke delete, truncate on areas_authority, areas_area from fugong_app",
            reverse_sql="grant delete on areas_authority, areas_area to fugong_app",
        ),
    ]
