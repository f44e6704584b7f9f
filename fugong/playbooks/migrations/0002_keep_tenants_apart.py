from django.db import migrations

from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    dependencies = [("playbooks", "0001_make_tables")]

    operations = [
        enable_rls("playbooks_playbookversion"),
        # Two laws never hold on one day: the database itself refuses overlapping periods.
        migrations.RunSQL(
            sql=(
                "alter table playbooks_playbookversion add constraint playbook_periods_apart"
                " exclude using gist (authority_id with =, daterange(starts_on, ends_on) with &&)"
            ),
            reverse_sql="alter table playbooks_playbookversion drop constraint playbook_periods_apart",
        ),
        # Old decisions keep their law: a version is ended, never changed otherwise or removed.
        migrations.RunSQL(
            sql="revoke delete, truncate on playbooks_playbookversion from fugong_app",
            reverse_sql="grant delete on playbooks_playbookversion to fugong_app",
        ),
    ]
