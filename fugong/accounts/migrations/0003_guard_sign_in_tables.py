from django.db import migrations

# A second factor is seen with its user's row (by tenant or through the door) and changed in the tenant only.
SEEN = "exists (select from accounts_user u where u.id = user_id)"
OWN = (
    "exists (select from accounts_user u where u.id = user_id"
    " and u.authority_id = nullif(current_setting('fugong.authority', true), '')::uuid)"
)


def shut(table: str) -> migrations.RunSQL:
    """No policy at all: nothing is seen in it and nothing can be put there."""
    return migrations.RunSQL(
        sql=[
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
        ],
        reverse_sql=[
            f"alter table {table} no force row level security",
            f"alter table {table} disable row level security",
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_keep_tenants_apart"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                "alter table mfa_authenticator enable row level security",
                "alter table mfa_authenticator force row level security",
                f"create policy seen on mfa_authenticator for select using ({SEEN})",
                f"create policy tenant on mfa_authenticator using ({OWN}) with check ({OWN})",
            ],
            reverse_sql=[
                "drop policy tenant on mfa_authenticator",
                "drop policy seen on mfa_authenticator",
                "alter table mfa_authenticator no force row level security",
                "alter table mfa_authenticator disable row level security",
            ],
        ),
        # Fugong sends no mail: these tables of django-allauth stay empty.
        shut("account_emailaddress"),
        shut("account_emailconfirmation"),
    ]
