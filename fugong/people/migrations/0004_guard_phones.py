from django.db import migrations

from fugong.core.tenancy import enable_rls

TABLES = ("device", "registrationcode", "selfregistration")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_know_phones")]

    operations = [
        *(enable_rls(f"people_{name}") for name in TABLES),
        # A phone ends, a code is closed, a registration is emptied: that there was one stays.
        *(
            migrations.RunSQL(
                sql=f"revoke delete, truncate on people_{name} from fugong_app",
                reverse_sql=f"grant delete on people_{name} to fugong_app",
            )
            for name in TABLES
        ),
    ]
