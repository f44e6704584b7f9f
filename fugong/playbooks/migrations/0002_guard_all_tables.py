"""Versions of the playbook are kept apart by authority, and never hold on the same day."""

from django.db import migrations

from fugong.core.tenancy import change_only, enable_rls, never_removed

VERSIONS = "playbooks_playbookversion"


class Migration(migrations.Migration):
    dependencies = [("playbooks", "0001_make_all_tables")]
    replaces = [("playbooks", "0001_make_tables")]

    operations = [
        enable_rls(VERSIONS),
        # Two laws never hold on one day: the database itself refuses overlapping periods.
        migrations.RunSQL(
            sql=(
                f"alter table {VERSIONS} add constraint playbook_periods_apart"
                " exclude using gist (authority_id with =, daterange(starts_on, ends_on) with &&)"
            ),
            reverse_sql=f"alter table {VERSIONS} drop constraint playbook_periods_apart",
        ),
        # A version's text is the law of old decisions: it is ended, never removed, and only the end is written.
        never_removed(VERSIONS),
        change_only(VERSIONS, "ends_on"),
    ]
