from django.db import migrations

# Clocks may call the leadership. In an authority founded before, it is those who put playbooks in force. The
# owner of the table is bound by its own policy, which is lifted while the roles of all authorities are changed.
ADD = """
update accounts_role set permissions = array_append(permissions, 'duties.lead')
where 'playbooks.activate' = any(permissions) and not 'duties.lead' = any(permissions)
"""
TAKE_OFF = "update accounts_role set permissions = array_remove(permissions, 'duties.lead')"


def on_all_roles(change: str) -> list[str]:
    return [
        "alter table accounts_role no force row level security",
        change,
        "alter table accounts_role force row level security",
    ]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_keep_when_an_end_was_recorded")]

    operations = [migrations.RunSQL(sql=on_all_roles(ADD), reverse_sql=on_all_roles(TAKE_OFF))]
