from django.db import migrations

from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    dependencies = [("people", "0005_let_people_object")]

    operations = [
        enable_rls("people_challenge"),
        # What was said stands beside the entry for good; no row of it goes.
        migrations.RunSQL(
            sql="revoke delete, truncate on people_challenge from fugong_app",
            reverse_sql="grant delete on people_challenge to fugong_app",
        ),
    ]
