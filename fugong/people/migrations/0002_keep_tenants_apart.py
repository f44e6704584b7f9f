from django.db import migrations

from fugong.core.tenancy import enable_rls

TABLES = ("person", "employment", "persongram")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_make_tables")]

    operations = [
        *(enable_rls(f"people_{name}") for name in TABLES),
        # A file ends with its class of data, by its key; until then a person leaves, and is never removed.
        migrations.RunSQL(
            sql="revoke delete, truncate on people_person, people_employment from fugong_app",
            reverse_sql="grant delete on people_person, people_employment to fugong_app",
        ),
    ]
