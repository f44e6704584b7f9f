"""Accounts are kept apart by authority and never removed; signing in sees one row, and no more."""

from django.db import migrations

from fugong.core.tenancy import enable_rls, never_removed

# What people did stays under their name: they are marked as having left, never removed.
TABLES = (
    "accounts_user",
    "accounts_role",
    "accounts_membership",
    "accounts_assignment",
    "accounts_access_code",
)

# Sign-in: before anybody is known, one row can be read, the one named in the connection's setting.
DOOR = (
    "create policy door on accounts_user for select using ("
    "current_setting('fugong.door', true) in ('id:' || id::text, 'name:' || username))"
)

# A second factor is seen with its user's row (by tenant or through the door) and changed in the tenant only.
SEEN = "exists (select from accounts_user u where u.id = user_id)"
OWN = (
    "exists (select from accounts_user u where u.id = user_id"
    " and u.authority_id = nullif(current_setting('fugong.authority', true), '')::uuid)"
)

# Fugong sends no mail: these tables of django-allauth stay empty.
SHUT = ("account_emailaddress", "account_emailconfirmation")


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
        ("accounts", "0001_make_all_tables"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    replaces = [("accounts", "0001_make_tables")]

    operations = [
        *map(enable_rls, TABLES),
        *map(never_removed, TABLES),
        migrations.RunSQL(DOOR, "drop policy door on accounts_user"),
        shut("mfa_authenticator"),
        migrations.RunSQL(
            sql=[
                f"create policy seen on mfa_authenticator for select using ({SEEN})",
                f"create policy tenant on mfa_authenticator using ({OWN}) with check ({OWN})",
            ],
            reverse_sql=[
                "drop policy tenant on mfa_authenticator",
                "drop policy seen on mfa_authenticator",
            ],
        ),
        *map(shut, SHUT),
    ]
