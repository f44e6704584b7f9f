from django.db import migrations

from fugong.core.tenancy import enable_rls

TABLES = ("papersheet", "paperrow")


class Migration(migrations.Migration):
    dependencies = [("people", "0007_type_in_sheets")]

    operations = [
        *(enable_rls(f"people_{name}") for name in TABLES),
        *(
            migrations.RunSQL(
                sql=f"revoke delete, truncate on people_{name} from fugong_app",
                reverse_sql=f"grant delete on people_{name} to fugong_app",
            )
            for name in TABLES
        ),
    ]
