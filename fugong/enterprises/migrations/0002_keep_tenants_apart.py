from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls

TABLES = ("enterprise", "premises", "registerevent", "namegram", "standingevent", "standing", "standingcount")
KEPT = ", ".join(f"enterprises_{name}" for name in TABLES if name != "namegram")


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_make_tables")]

    operations = [
        *(enable_rls(f"enterprises_{name}") for name in TABLES),
        append_only("enterprises_registerevent"),
        append_only("enterprises_standingevent"),
        # An enterprise that was ever on the register stays in its history: it leaves, it is never removed.
        migrations.RunSQL(
            sql=f"revoke delete, truncate on {KEPT} from fugong_app",
            reverse_sql=f"grant delete on {KEPT} to fugong_app",
        ),
    ]
