from django.db import migrations

from fugong.core.tenancy import enable_rls

KEPT = "accounts_user, accounts_role, accounts_membership, accounts_assignment, accounts_access_code"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_make_tables")]

    operations = [
        enable_rls("accounts_user"),
        # Sign-in: before anybody is known, one row can be read, the one named in the connection's setting.
        migrations.RunSQL(
            sql="create policy door on accounts_user for select using ("
            "current_setting('fugong.door', true) in ('id:' || id::text, 'name:' || username))",
            reverse_sql="drop policy door on accounts_user",
        ),
        enable_rls("accounts_role"),
        enable_rls("accounts_membership"),
        enable_rls("accounts_assignment"),
        enable_rls("accounts_access_code"),
        # What people did stays under their name: they are marked as having left, never removed.
        migrations.RunSQL(
            sql=f"revoke delete, truncate on {KEPT} from fugong_app",
            reverse_sql=f"grant delete on {KEPT} to fugong_app",
        ),
    ]
