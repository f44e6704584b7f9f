"""Duties, rolls and reminders are kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import enable_rls, never_removed

# What was owed and who was on a roll stays on record: it is done, excused or withdrawn, never removed. Whether
# somebody was told, and when, may be asked later.
TABLES = (
    "duties_duty",
    "duties_entry",
    "duties_message",
    "duties_reminder",
    "duties_reminderchoice",
    "duties_ownchannel",
)


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_make_all_tables")]
    replaces = [("duties", "0001_record_duties")]

    operations = [*map(enable_rls, TABLES), *map(never_removed, TABLES)]
