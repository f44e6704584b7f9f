from django.db import migrations

from fugong.core.tenancy import enable_rls

TABLES = ("evidence", "clearance", "handlevel", "appeal")


class Migration(migrations.Migration):
    dependencies = [("clearance", "0001_record_clearance")]

    operations = [
        *(enable_rls(f"clearance_{name}") for name in TABLES),
        # Evidence is relieved, a level by hand ends, an appeal is answered; none of them is ever removed.
        migrations.RunSQL(
            sql="revoke delete, truncate on clearance_evidence, clearance_clearance, clearance_handlevel,"
            " clearance_appeal from fugong_app",
            reverse_sql="grant delete on clearance_evidence, clearance_clearance, clearance_handlevel,"
            " clearance_appeal to fugong_app",
        ),
    ]
