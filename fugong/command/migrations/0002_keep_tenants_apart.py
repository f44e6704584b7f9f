from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls

TABLES = ("bulletin", "bulletinfigure", "publication")


class Migration(migrations.Migration):
    dependencies = [("command", "0001_make_tables")]

    operations = [
        *(enable_rls(f"command_{name}") for name in TABLES),
        # A bulletin is never changed: what was composed stays as it was, a correction is a new one.
        *(append_only(f"command_{name}") for name in TABLES),
    ]
